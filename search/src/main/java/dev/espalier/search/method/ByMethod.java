package dev.espalier.search.method;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import org.jspecify.annotations.Nullable;

/** Reads a specification as the record of the method that it names. */
final class ByMethod extends TypeIdResolverBase {
  @Override
  public String idFromValue(Object value) {
    return ((Specification) value).method();
  }

  @Override
  public String idFromValueAndType(@Nullable Object value, Class<?> type) {
    return value == null ? "" : idFromValue(value);
  }

  @Override
  public @Nullable JavaType typeFromId(DatabindContext context, String id) {
    return Methods.find(id)
        .map(method -> context.constructType(method.specification()))
        .orElse(null);
  }

  @Override
  public String getDescForKnownTypeIds() {
    return String.join(", ", Methods.names());
  }

  @Override
  public JsonTypeInfo.Id getMechanism() {
    return JsonTypeInfo.Id.CUSTOM;
  }
}
