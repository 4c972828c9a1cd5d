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

/** Puts new children in the place of the old ones, and leaves a person where they were. */
export function put(element, ...children) {
  const back = held(element);
  element.replaceChildren();
  append(element, children);
  back();
  document.dispatchEvent(new Event('redrawn'));
  return element;
}

/** What a redraw must not take away: the focus, what is unfolded, how far something is scrolled. */
function held(root) {
  if (!root.isConnected) return () => {};
  const active = root.contains(document.activeElement) && document.activeElement !== root ? document.activeElement : null;
  const focus = active && place(active, root);
  const selection = active?.matches('input[type=text], input[type=search], textarea') ? [active.selectionStart, active.selectionEnd] : null;
  const open = [...root.querySelectorAll('details[open]')].map(each => place(each, root));
  const scrolled = [root, ...root.querySelectorAll('.scroll')].filter(each => each.scrollTop > 0).map(each => [place(each, root), each.scrollTop]);
  return () => {
    for (const path of open) found(path, root)?.setAttribute('open', '');
    for (const [path, top] of scrolled) {
      const element = found(path, root);
      if (element) element.scrollTop = top;
    }
    if (!focus || root.contains(document.activeElement) && document.activeElement !== root) return;
    const target = found(focus, root) ?? root.querySelector('button:not(:disabled), a[href]');
    target?.focus({preventScroll: true});
    if (selection) target?.setSelectionRange?.(...selection);
  };
}

/** Where an element is: by its id, else by its places among its neighbours. */
function place(element, root) {
  const steps = [];
  for (let each = element; each !== root; each = each.parentElement) {
    if (each.id) return {id: each.id, steps: steps.reverse()};
    steps.push([[...each.parentElement.children].indexOf(each), each.localName]);
  }
  return {steps: steps.reverse()};
}

function found({id, steps}, root) {
  let element = id ? root.querySelector(`#${CSS.escape(id)}`) : root;
  for (const [index, name] of steps) {
    element = element?.children[index];
    if (element?.localName !== name) return null;
  }
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
