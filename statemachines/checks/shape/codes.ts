import type { Explained } from '#kernel/explained';
import { documentTooLarge } from './codes/document-too-large/code.ts';
import { duplicateKey } from './codes/duplicate-key/code.ts';
import { emptyAudience } from './codes/empty-audience/code.ts';
import { emptyList } from './codes/empty-list/code.ts';
import { emptyText } from './codes/empty-text/code.ts';
import { forbiddenKey } from './codes/forbidden-key/code.ts';
import { loneSurrogate } from './codes/lone-surrogate/code.ts';
import { missingMember } from './codes/missing-member/code.ts';
import { missingOperator } from './codes/missing-operator/code.ts';
import { moreIssues } from './codes/more-issues/code.ts';
import { notJson } from './codes/not-json/code.ts';
import { numberTooLarge } from './codes/number-too-large/code.ts';
import { tooDeep } from './codes/too-deep/code.ts';
import { tooFew } from './codes/too-few/code.ts';
import { tooLarge } from './codes/too-large/code.ts';
import { tooLong } from './codes/too-long/code.ts';
import { tooMany } from './codes/too-many/code.ts';
import { tooManyMembers } from './codes/too-many-members/code.ts';
import { tooSmall } from './codes/too-small/code.ts';
import { unknownCondition } from './codes/unknown-condition/code.ts';
import { unknownMember } from './codes/unknown-member/code.ts';
import { unknownTrigger } from './codes/unknown-trigger/code.ts';
import { unknownType } from './codes/unknown-type/code.ts';
import { wrongForm } from './codes/wrong-form/code.ts';
import { wrongType } from './codes/wrong-type/code.ts';
import { wrongValue } from './codes/wrong-value/code.ts';

/** What can be wrong with the text and the shape of a document: all that is no rule. One folder each. */
export const shapeCodes: readonly Explained[] = [
  notJson,
  documentTooLarge,
  tooDeep,
  duplicateKey,
  forbiddenKey,
  loneSurrogate,
  numberTooLarge,
  unknownMember,
  unknownType,
  unknownCondition,
  unknownTrigger,
  missingMember,
  tooManyMembers,
  missingOperator,
  wrongType,
  wrongValue,
  wrongForm,
  emptyAudience,
  emptyList,
  tooFew,
  tooMany,
  emptyText,
  tooLong,
  tooSmall,
  tooLarge,
  moreIssues,
];
