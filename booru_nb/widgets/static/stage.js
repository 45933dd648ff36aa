import { Bar, Help } from "./bar.js";
import { Row, element } from "./cells.js";
import { Geometry } from "./geometry.js";

/** What a view consists of, and which rows of cells stand where. */
export class Stage {
  /** @param {string} id Begins the ids of its cells. @param {object} on As for `Bar`. */
  constructor(id, on) {
    this.id = id;
    /** @type {Map<number, Row>} */
    this.rows = new Map();
    this.free = [];
    this.geometry = new Geometry({ width: 0, view: 0, size: 1, total: 0 });
    this.help = new Help(() => this.scroller.focus({ preventScroll: true }), on.can);
    this.bar = new Bar({ ...on, onHelp: () => this.help.toggle() });
    this.root = element("div", "bnb-grid", { "data-lm-suppress-shortcuts": "true" });
    this.scroller = element("div", "bnb-scroll", {
      role: "grid", tabindex: "0", "aria-label": "Posts", "aria-multiselectable": "true",
    });
    this.pad = element("div", "bnb-pad", { role: "rowgroup" });
    this.empty = element("div", "bnb-empty");
    this.notice = element("div", "bnb-notice");
    this.notice.hidden = true;
    this.box = element("div", "bnb-stage");
    this.scroller.append(this.pad);
    this.box.append(this.scroller, this.empty, this.notice, this.help.el);
    this.root.append(this.bar.el, this.box);
  }

  get place() {
    return this.geometry.placeOf(this.scroller.scrollTop);
  }

  /** Take new measures, and keep the post that is at the top there. */
  measure(size, total) {
    const before = this.geometry;
    const top = this.place / before.pitch * before.columns;
    const [width, view] = [this.scroller.clientWidth, this.scroller.clientHeight];
    const now = this.geometry = new Geometry({ width, view, size, total });
    this.pad.style.height = `${now.tall}px`;
    this.pad.style.setProperty("--bnb-pitch", `${now.pitch}px`);
    this.pad.style.setProperty("--bnb-columns", String(now.columns));
    this.scroller.setAttribute("aria-rowcount", String(now.rows));
    this.scroller.setAttribute("aria-colcount", String(now.columns));
    if (now.columns !== before.columns) this.drop();
    if (now.pitch !== before.pitch && before.view) {
      this.scroller.scrollTop = now.scrollOf(top / now.columns * now.pitch);
    }
    this.free.push(...this.rows.values());
    this.rows.clear();
  }

  drop() {
    this.pad.replaceChildren();
    this.rows.clear();
    this.free = [];
  }

  /**
   * Have a row wherever one is seen.
   *
   * @param {(cell: Cell) => void} paint Called for each cell that shows another post.
   */
  arrange(paint) {
    const { geometry, rows, free } = this;
    const shift = this.scroller.scrollTop - this.place;
    const [first, last] = geometry.rowsAt(this.place, 1);
    for (const [r, row] of rows) {
      if (r >= first && r < last) continue;
      rows.delete(r);
      free.push(row);
    }
    for (let r = first; r < last; r += 1) {
      const row = rows.get(r) ?? this.fill(r, paint);
      row.move(Math.round(r * geometry.pitch + shift));
    }
    for (const row of free) row.el.hidden = true;
  }

  fill(r, paint) {
    let row = this.free.pop();
    if (!row) {
      row = new Row(this.geometry.columns);
      this.pad.append(row.el);
    }
    this.rows.set(r, row);
    row.el.hidden = false;
    row.el.setAttribute("aria-rowindex", String(r + 1));
    row.cells.forEach((cell, column) => {
      const i = r * this.geometry.columns + column;
      if (i >= this.geometry.total) cell.hide();
      else {
        cell.show(i, column, `${this.id}-${i}`);
        paint(cell);
      }
    });
    return row;
  }

  /** @param {number} i @returns {Cell | undefined} */
  cell(i) {
    const { columns, total } = this.geometry;
    return i >= 0 && i < total ? this.rows.get(Math.floor(i / columns))?.cells[i % columns] : undefined;
  }

  /** @returns {Cell[]} Those that show a post. */
  cells() {
    return [...this.rows.values()].flatMap((row) => row.cells).filter((cell) => cell.i >= 0);
  }

  /** Scroll no further than needed to see a post whole. */
  reach(i) {
    const { geometry, place } = this;
    const y = geometry.rowOf(i) * geometry.pitch;
    if (y < place) this.scroller.scrollTop = geometry.scrollOf(y);
    else if (y + geometry.pitch > place + geometry.view) {
      this.scroller.scrollTop = geometry.scrollOf(y + geometry.pitch - geometry.view);
    }
  }

  /** @param {number} more Rows beyond what is seen. @returns {[number, number]} */
  postsNear(more) {
    return this.geometry.postsIn(this.geometry.rowsAt(this.place, more));
  }
}
