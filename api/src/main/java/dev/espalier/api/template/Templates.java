package dev.espalier.api.template;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/**
 * The templates of {@code src/main/jte}. They are made into classes when the module is built, each
 * in the package of its folder, and escape all text that is put into them.
 */
public final class Templates {
  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Templates.class.getClassLoader(), "dev.espalier.api");

  private Templates() {}

  /**
   * What a template writes, to be put into another one.
   *
   * @param template its path below {@code src/main/jte}
   * @param model its one parameter
   */
  public static Content part(String template, Object model) {
    return output -> ENGINE.render(template, model, output);
  }

  /** All that a template writes. */
  public static String write(String template, Object model) {
    StringOutput output = new StringOutput(64 * 1024);
    ENGINE.render(template, model, output);
    return output.toString();
  }
}
