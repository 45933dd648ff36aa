/**
 * Make an element. Texts are set as text, never as markup.
 *
 * @param {string} tag
 * @param {Object<string, *>} attributes
 * @param {...(string | Node)} children
 * @returns {HTMLElement}
 */
export const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};
