import type { Explained } from '#kernel/explained';
import { shapeExplanations } from './explain-shape.ts';
import { templateRules } from './registry.ts';
import type { ExplainedTemplate } from './rule.ts';
import { fileNotHere } from './rules/file-not-here/code.ts';
import { invalidBlock } from './rules/invalid-block/code.ts';
import { invalidMjml } from './rules/invalid-mjml/code.ts';
import { invalidRender } from './rules/invalid-render/code.ts';
import { liquidBetweenElements } from './rules/liquid-between-elements/code.ts';
import { mjmlInclude } from './rules/mjml-include/code.ts';
import { smsCostlyLetters } from './rules/sms-costly-letters/code.ts';
import { unknownLayout } from './rules/unknown-layout/code.ts';
import { unknownPartial } from './rules/unknown-partial/code.ts';

/** Codes of what is found while a template is put together, a folder each beside the rules. */
const codes: readonly ExplainedTemplate[] = [
  invalidMjml,
  mjmlInclude,
  liquidBetweenElements,
  fileNotHere,
  smsCostlyLetters,
  unknownLayout,
  unknownPartial,
  invalidRender,
  invalidBlock,
];

/** Every code of templates, for `wayleaf explain`; those that journeys have too stand with theirs. */
export const templateExplanations: readonly ExplainedTemplate[] = [
  ...templateRules.flatMap(({ explained }) => explained ?? []),
  ...codes,
];

/** Also those of the shape of all documents beside journeys. */
export const explanationsBesideJourneys: readonly Explained[] = [
  ...templateExplanations,
  ...shapeExplanations,
];
