/** One finding about a document that a person wrote. Issues are data; words for a terminal or a page come last. */
export interface Issue {
  /** Kebab-case id of the rule, stable over releases, e.g. `unknown-step`. */
  code: string;
  severity: 'error' | 'warning';
  /** The document that is meant, such as `layouts/main.json`, where it is not the one that was checked. */
  file?: string;
  /** JSON Pointer (RFC 6901) into the document; `''` is the whole document. */
  path: string;
  /** 1-based, where the text of the document is known; in a template, within the body that `path` names. */
  line?: number;
  /** 1-based, in UTF-16 units. */
  column?: number;
  /** What is wrong in the author's words, the value found and the values allowed. */
  message: string;
  /** What to write instead. */
  hint?: string;
}

export const hasErrors = (issues: readonly Issue[]): boolean => issues.some((i) => i.severity === 'error');
