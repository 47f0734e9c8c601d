import type { CompiledTemplate } from '#model/journey';
import type { TemplateSource } from '#model/template';

/** What the catalogue keeps of a template: as it was written, and ready to be frozen with a journey. */
export interface StoredTemplate {
  source: TemplateSource;
  compiled: CompiledTemplate;
}
