// Elements without a framework. Text always goes in as text, so nothing from the server can become markup.

const SVG = 'http://www.w3.org/2000/svg';

/** An HTML element: h('p', {class: 'soft', onclick: f}, 'text', child). Null and false children are left out. */
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function s(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** Puts new children in the place of the old ones. */
export function put(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** Sets or removes an attribute. */
export function mark(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : value);
}

/** A panel with a heading and, if there is one, a sentence beside it. */
export function panel(classes, title, note, ...children) {
  const id = 'panel-' + title.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  return h('section', {class: `panel ${classes}`, 'aria-labelledby': id},
    h('header', {}, h('h2', {id}, title), note && h('p', {}, note)),
    children);
}
