/** What one message may cost. All of a message's parts share one budget. */
export const bounds = {
  /** Characters of one body before rendering. */
  sourceLength: 400_000,
  /** Tags and outputs in one body. */
  tags: 5_000,
  /** Nodes visited plus characters and elements worked on by filters and comparisons. */
  work: 2_000_000,
  /** Characters that one filter may take or give. */
  valueLength: 50_000,
  /** Characters of one rendered part. */
  outputLength: 1_000_000,
  milliseconds: 2_000,
} as const;

/** A template asked for more than its bounds; names the bound. */
export class TemplateTooCostly extends Error {
  override readonly name = 'TemplateTooCostly';
}

/**
 * Counts work, so that the same template ends at the same place on a slow and on a fast machine.
 * The time is looked at too, for work that nobody counts.
 */
export class Budget {
  #left: number = bounds.work;
  #look = 0;
  readonly #deadline = performance.now() + bounds.milliseconds;

  use(amount: number): void {
    // Not `Math.max`, which would let NaN through, and NaN never ends.
    this.#left -= amount > 0 ? amount : 0;
    if (this.#left < 0)
      throw new TemplateTooCostly('the template does too much work: use fewer or shorter loops');
    if (++this.#look % 256 === 0) this.#lookAtTime();
  }

  /** The renderer asks at each node; liquidjs hands a time here, which is not what we count. */
  check(): void {
    this.use(1);
  }

  #lookAtTime(): void {
    if (performance.now() > this.#deadline) throw new TemplateTooCostly('the template takes too long');
  }
}

export const sizeOf = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value) ? value.length : 1;
