import type { Finding } from './finding.ts';
import type { TemplateRule } from './rule.ts';
import { brokenLink } from './rules/broken-link/rule.ts';
import { dynamicLink } from './rules/dynamic-link/rule.ts';
import { halfTranslated } from './rules/half-translated/rule.ts';
import { imageWithoutAlt } from './rules/image-without-alt/rule.ts';
import { invalidLiquid } from './rules/invalid-liquid/rule.ts';
import { mailClipped } from './rules/mail-clipped/rule.ts';
import { missingDefault } from './rules/missing-default/rule.ts';
import { noPostalAddress } from './rules/no-postal-address/rule.ts';
import { noUnsubscribe } from './rules/no-unsubscribe/rule.ts';
import { unknownVariable } from './rules/unknown-variable/rule.ts';
import { unsafeLink } from './rules/unsafe-link/rule.ts';
import type { TemplateView } from './view.ts';

/** Rules for templates; one folder each, named by its id. */
export const templateRules: readonly TemplateRule[] = [
  invalidLiquid,
  unknownVariable,
  missingDefault,
  brokenLink,
  dynamicLink,
  unsafeLink,
  imageWithoutAlt,
  noPostalAddress,
  noUnsubscribe,
  mailClipped,
  halfTranslated,
];

export const ruleFindings = (view: TemplateView): Finding[] =>
  templateRules
    .filter(({ ofWhole }) => !ofWhole || !view.isBroken)
    .flatMap(({ id, severity, check }) => check(view).map((finding) => ({ severity, ...finding, code: id })));
