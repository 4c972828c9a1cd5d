// What is particular to a method is in methods/NAME.js, which is loaded by the method's name.

import * as words from './words.js';

/** A method without a module of its own is shown by its stages and events. */
const plain = {findings: () => ({panels: [], draw() {}, redraw() {}, tiles: () => [], inWords: text => text}), presets: {}, overrides: ''};

/**
 * The module of a method. Its findings() makes {panels, draw(view, plots, once), redraw(view, plots),
 * tiles(view, plots) as [name, value, note], inWords(text)}; its presets are what is to be said of each preset, its
 * overrides an example of some.
 */
export async function moduleOf(name) {
  if (!words.knows(name)) return plain;
  try {
    return await import(`./methods/${name}.js`);
  } catch (failure) {
    if (!(failure instanceof TypeError)) throw failure; // it is there, and wrong
    return plain;
  }
}
