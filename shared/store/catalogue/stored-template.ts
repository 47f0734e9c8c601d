import type { Issue } from '#kernel/issue';
import type { CompiledTemplate } from '#model/journey';
import type { TemplateSource } from '#model/template';

/** What the catalogue keeps of a template: as it was written, and ready to be frozen with a journey. */
export interface StoredTemplate {
  source: TemplateSource;
  compiled: CompiledTemplate;
  /** `layouts/ID` and `partials/ID` that stand in it: when one of them changes it is compiled again. */
  uses?: readonly string[];
  /** Warnings of when it was compiled, to be told again when a journey with it is published. */
  issues?: readonly Issue[];
}
