/**
 * @typedef {object} Caption
 * @property {string} name
 * @property {string} rating
 * @property {number | null} score
 * @property {string} badge
 * @property {string} tags
 * @property {boolean} blurred
 * @property {boolean} bookmarked
 * @property {string} [why] Why there is no thumbnail.
 * @property {boolean} [final] Whether asking again would not help.
 * @property {string} [url] The thumbnail.
 */

const MOST = 400;

/** What has come of each post; the least recently shown go when there are too many. */
export class Pictures {
  constructor() {
    /** @type {Map<number, Caption>} */
    this.known = new Map();
    this.most = MOST;
  }

  /** @param {number} i @returns {Caption | undefined} */
  get(i) {
    const found = this.known.get(i);
    if (found) {
      this.known.delete(i);
      this.known.set(i, found);
    }
    return found;
  }

  has(i) {
    return this.known.has(i);
  }

  /** @param {object} item Of a `thumbs` message. @param {DataView[]} buffers */
  put({ id, mime, at, ...caption }, buffers) {
    this.forget(id);
    if (at !== undefined) {
      caption.url = URL.createObjectURL(new Blob([buffers[at]], { type: mime }));
    }
    this.known.set(id, caption);
  }

  forget(i) {
    const found = this.known.get(i);
    if (found?.url) URL.revokeObjectURL(found.url);
    this.known.delete(i);
  }

  /** @param {(i: number) => boolean} needed Never drop these. */
  trim(needed) {
    for (const i of this.known.keys()) {
      if (this.known.size <= this.most) return;
      if (!needed(i)) this.forget(i);
    }
  }

  clear() {
    for (const { url } of this.known.values()) if (url) URL.revokeObjectURL(url);
    this.known.clear();
  }
}
