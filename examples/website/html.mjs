// Elements as HTML. Every string that goes in is escaped, so that no text of a
// visitor or of a knowledge folder can become markup.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const VOID = new Set(["input", "link", "meta"]);

class Markup {
  constructor(html) {
    this.html = html;
  }
}

/** An element; children and attributes that are null or false are left out. */
export function h(tag, attributes, ...children) {
  const inside = Object.entries(attributes)
    .filter(([, value]) => value != null && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(value)}"`));
  const open = `<${tag}${inside.join("")}>`;
  if (VOID.has(tag)) return new Markup(open);
  return new Markup(`${open}${children.map(rendered).join("")}</${tag}>`);
}

/** A whole document. */
export function documentOf(root) {
  return `<!doctype html>\n${root.html}\n`;
}

function rendered(child) {
  if (child == null || child === false) return "";
  return child instanceof Markup ? child.html : escaped(child);
}

function escaped(text) {
  return String(text).replace(/[&<>"']/g, (character) => ESCAPES[character]);
}
