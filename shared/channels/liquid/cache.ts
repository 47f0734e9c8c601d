/** Keeps what was used last, up to a number of entries and a sum of source lengths. */
export class RecentCache<V> {
  readonly #kept = new Map<string, V>();
  #length = 0;
  readonly #entries: number;
  readonly #lengths: number;
  constructor(entries: number, lengths: number) {
    this.#entries = entries;
    this.#lengths = lengths;
  }

  get(source: string, make: () => V): V {
    const found = this.#kept.get(source);
    if (found !== undefined) {
      this.#kept.delete(source);
      this.#kept.set(source, found);
      return found;
    }
    const made = make();
    this.#kept.set(source, made);
    this.#length += source.length;
    this.#forgetOldest();
    return made;
  }

  get size(): number {
    return this.#kept.size;
  }

  #forgetOldest(): void {
    for (const source of this.#kept.keys()) {
      if (this.#kept.size <= this.#entries && this.#length <= this.#lengths) return;
      this.#kept.delete(source);
      this.#length -= source.length;
    }
  }
}
