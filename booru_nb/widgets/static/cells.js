/** @param {string} tag @param {string} name Its class. @param {Record<string, string>} attributes */
export function element(tag, name, attributes = {}) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  return node;
}

/** One place in the grid, which shows now this post and now that. */
export class Cell {
  constructor() {
    this.el = element("div", "bnb-cell", { role: "gridcell" });
    this.img = element("img", "bnb-img", { alt: "", decoding: "async", draggable: "false" });
    this.note = element("span", "bnb-note", { "data-do": "note" });
    this.check = element("span", "bnb-check", { "data-do": "toggle", title: "Select (Space)" });
    this.star = element("span", "bnb-star", { "data-do": "star", title: "Bookmark (b)" });
    this.badge = element("span", "bnb-badge");
    this.el.append(this.img, this.note, this.check, this.star, this.badge);
    this.img.addEventListener("error", () => this.fail());
    this.i = -1;
  }

  /** What came as a picture is none. */
  fail() {
    this.el.classList.add("bnb-fail", "bnb-final");
    this.note.textContent = "Not a picture";
    this.img.hidden = true;
  }

  /** @param {number} i @param {number} column @param {string} id */
  show(i, column, id) {
    this.i = i;
    this.el.id = id;
    this.el.hidden = false;
    this.el.setAttribute("aria-colindex", String(column + 1));
  }

  hide() {
    this.i = -1;
    this.el.id = "";
    this.el.hidden = true;
    this.paint(undefined, false);
  }

  /** @param {Caption | undefined} post @param {boolean} revealed */
  paint(post, revealed) {
    const blurred = Boolean(post?.url && post.blurred && !revealed);
    const { classList } = this.el;
    classList.toggle("bnb-wait", !post && this.i >= 0);
    classList.toggle("bnb-fail", Boolean(post?.why));
    classList.toggle("bnb-final", Boolean(post?.final));
    classList.toggle("bnb-blur", blurred);
    classList.toggle("bnb-kept", Boolean(post?.bookmarked));
    this.picture(post?.url);
    this.note.textContent = blurred ? post.rating : post?.why ?? "";
    this.note.title = blurred ? "Show (v)" : post?.why && !post.final ? "Try again (r)" : "";
    this.badge.textContent = post?.badge ?? "";
    this.badge.dataset.score = post?.score ?? "";
    const said = label(this.i, post, blurred);
    this.el.setAttribute("aria-label", said);
    this.el.title = post ? said : "";
  }

  picture(url) {
    if (url === this.img.getAttribute("src")) return;
    if (url) this.img.src = url;
    else this.img.removeAttribute("src");
    this.img.hidden = !url;
  }

  /** @param {boolean} selected @param {boolean} active */
  mark(selected, active) {
    this.el.setAttribute("aria-selected", String(selected));
    this.el.classList.toggle("bnb-active", active);
  }
}

function label(i, post, blurred) {
  if (!post?.name) return `Post ${i + 1}`;
  const said = [post.name, post.rating];
  if (post.score !== null) said.push(`score ${post.score}`);
  if (post.bookmarked) said.push("bookmarked");
  if (blurred) said.push("blurred");
  if (post.why) said.push(post.why);
  else if (post.tags) said.push(post.tags);
  return said.join(", ");
}

/** A row of cells, which is moved to where it is needed. */
export class Row {
  /** @param {number} columns */
  constructor(columns) {
    this.el = element("div", "bnb-row", { role: "row" });
    this.cells = Array.from({ length: columns }, () => new Cell());
    this.el.append(...this.cells.map((cell) => cell.el));
    this.at = -1;
  }

  /** @param {number} y */
  move(y) {
    if (y === this.y) return;
    this.y = y;
    this.el.style.transform = `translateY(${y}px)`;
  }
}
