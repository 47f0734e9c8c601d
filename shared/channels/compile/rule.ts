import type { Explained } from '#kernel/explained';
import type { Finding } from './finding.ts';
import type { TemplateView } from './view.ts';

/** What is told of a code of templates. The pieces of its example are of this body, or words. */
export type ExplainedTemplate = Explained & { as?: 'mjml' | 'text' };

/** One rule for templates, in a folder named by its id. */
export interface TemplateRule {
  id: string;
  severity: Finding['severity'];
  /** It is about what is not there, and says nothing of a template of which pieces are missing. */
  ofWhole?: true;
  /** Left out where a rule for journeys has the same code and says it. */
  explained?: ExplainedTemplate;
  check(view: TemplateView): Omit<Finding, 'code' | 'severity'>[];
}
