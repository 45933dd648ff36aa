const ROWS_AHEAD = 3; // rows asked for beyond what is seen
const SCREENS_LEFT = 3; // screens before the end at which more posts are asked for
const SOON = 15; // milliseconds before asking
const WHILE_SCROLLING = 90;
const FEWEST = 400; // thumbnails that are kept at least

/** What a view asks of the kernel: thumbnails of what is near, and more posts. */
export class Wants {
  /** @param {GridView} view */
  constructor(view) {
    this.view = view;
    this.clear();
  }

  clear() {
    /** What the kernel was told last, without what has come since. */
    this.asked = new Set();
    this.got = null;
    this.greeted = false;
    this.lengthAsked = -1;
  }

  scrolled() {
    this.lastScroll = performance.now();
  }

  /** Ask soon; in the middle of scrolling less soon, since most will be passed by. */
  soon() {
    if (this.timer) return;
    const scrolling = performance.now() - (this.lastScroll ?? -1e9) < 60;
    this.timer = setTimeout(() => this.now(), scrolling ? WHILE_SCROLLING : SOON);
  }

  now() {
    this.timer = undefined;
    const ids = this.wanted();
    const same = ids.length === this.asked.size && ids.every((i) => this.asked.has(i));
    if (!same || !this.greeted) {
      this.greeted = true;
      this.asked = new Set(ids);
      this.view.send({ kind: "need", ids, got: this.got });
    }
    this.more();
  }

  /** All that is not here yet: what is seen, then what lies ahead, then behind. */
  wanted() {
    const { pictures, stage } = this.view;
    const [seen, end] = stage.postsNear(0);
    const [before, after] = stage.postsNear(ROWS_AHEAD);
    pictures.most = Math.max(FEWEST, 3 * (after - before));
    const ids = [];
    for (let i = seen; i < after; i += 1) if (!pictures.has(i)) ids.push(i);
    for (let i = seen - 1; i >= before; i -= 1) if (!pictures.has(i)) ids.push(i);
    return end > seen ? ids : [];
  }

  /** Ask for more posts, once at each length, when the end comes near. */
  more() {
    const { model, stage, total } = this.view;
    if (!total || !model.get("can_more") || this.lengthAsked === total) return;
    const { columns, view, pitch } = stage.geometry;
    const [, last] = stage.postsNear(0);
    if (total - last > SCREENS_LEFT * columns * Math.ceil(view / pitch)) return;
    this.lengthAsked = total;
    this.view.send({ kind: "more", again: false });
  }

  /** @param {number} n The number of the batch. @param {{id: number}[]} items */
  came(n, items) {
    this.got = n;
    for (const { id } of items) this.asked.delete(id);
  }

  close() {
    clearTimeout(this.timer);
    this.view.send({ kind: "need", ids: [], got: null });
  }
}
