/** What `wayleaf explain CODE` and the reference tell of a code. */
export interface Explained {
  /** Kebab-case, stable over releases: the `code` of its issues. */
  id: string;
  severity: 'error' | 'warning';
  /** The rule as a sentence. */
  title: string;
  /** What is meant by it. */
  explain: string;
  /** Why it matters. A test asks for it. */
  why?: string;
  example: Example;
}

/** A bad and a good piece of a document; a test checks that the one gives this code alone, the other none. */
export interface Example {
  /**
   * What the pieces are: steps (one, or several in brackets), a condition, members of the document, the
   * whole text, or words where a piece would be too large to show.
   */
  place?: ExamplePlace;
  wrong: string;
  right: string;
}
export type ExamplePlace = 'steps' | 'condition' | 'members' | 'text' | 'words';
