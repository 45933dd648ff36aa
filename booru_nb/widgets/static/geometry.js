// No browser lays out more than about 17 million pixels; half a million posts in one
// column are 95 million. Beyond this, the scroll bar's way is a fraction of the posts'.
const TALLEST = 15e6;

/** Where each post lies in a grid of square cells. */
export class Geometry {
  /** @param {{width: number, view: number, size: number, total: number}} given */
  constructor({ width, view, size, total }) {
    this.total = total;
    this.view = view;
    this.columns = Math.max(1, Math.round(width / size));
    this.pitch = Math.max(20, Math.floor(width / this.columns));
    this.rows = Math.ceil(total / this.columns);
    this.full = this.rows * this.pitch;
    this.tall = Math.min(this.full, TALLEST);
    const way = this.tall - view;
    this.stretch = way > 0 ? (this.full - view) / way : 1;
  }

  /** The place among the posts that a scroll position stands for. */
  placeOf(scrollTop) {
    return scrollTop * this.stretch;
  }

  /** The scroll position that stands for a place among the posts. */
  scrollOf(place) {
    return Math.max(0, Math.min(place, this.full - this.view)) / this.stretch;
  }

  rowOf(i) {
    return Math.floor(i / this.columns);
  }

  /** The rows seen from a place, and some more on both sides. */
  rowsAt(place, more) {
    const first = Math.floor(place / this.pitch) - more;
    const last = Math.ceil((place + this.view) / this.pitch) + more;
    return [Math.max(0, first), Math.min(this.rows, last)];
  }

  /** The ordinals in a range of rows. */
  postsIn([first, last]) {
    return [first * this.columns, Math.min(this.total, last * this.columns)];
  }
}
