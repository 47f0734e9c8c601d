import { definitions, stepTypes } from '../steps/registry.ts';
import type { Rule } from './rule.ts';
import { beforeTheClick } from './rules/before-the-click/rule.ts';
import { brokenText } from './rules/broken-text/rule.ts';
import { dateNotOfContact } from './rules/date-not-of-contact/rule.ts';
import { duplicateAnswer } from './rules/duplicate-answer/rule.ts';
import { duplicateId } from './rules/duplicate-id/rule.ts';
import { emptyWindow } from './rules/empty-window/rule.ts';
import { expressionText } from './rules/expression-text/rule.ts';
import { machineOverLimits } from './rules/machine-over-limits/rule.ts';
import { messageNotYetSent } from './rules/message-not-yet-sent/rule.ts';
import { neverTrue } from './rules/never-true/rule.ts';
import { noUnsubscribe } from './rules/no-unsubscribe/rule.ts';
import { notAMessage } from './rules/not-a-message/rule.ts';
import { notRendered } from './rules/not-rendered/rule.ts';
import { otherId } from './rules/other-id/rule.ts';
import { overSegmentation } from './rules/over-segmentation/rule.ts';
import { runTooLong } from './rules/run-too-long/rule.ts';
import { segmentCircle } from './rules/segment-circle/rule.ts';
import { tooManySteps } from './rules/too-many-steps/rule.ts';
import { unknownForm } from './rules/unknown-form/rule.ts';
import { unknownResult } from './rules/unknown-result/rule.ts';
import { unknownSegment } from './rules/unknown-segment/rule.ts';
import { unknownStage } from './rules/unknown-stage/rule.ts';
import { unknownStep } from './rules/unknown-step/rule.ts';
import { unknownTeam } from './rules/unknown-team/rule.ts';
import { unknownTemplate } from './rules/unknown-template/rule.ts';
import { unknownTopic } from './rules/unknown-topic/rule.ts';
import { unknownVariable } from './rules/unknown-variable/rule.ts';
import { unreachableStep } from './rules/unreachable-step/rule.ts';
import { waitTooLong } from './rules/wait-too-long/rule.ts';
import { wrongChannel } from './rules/wrong-channel/rule.ts';
import { wrongKind } from './rules/wrong-kind/rule.ts';
import { wrongPath } from './rules/wrong-path/rule.ts';

/** Rules about the whole document; one file each, named by its id. */
const documentRules: readonly Rule[] = [
  otherId,
  duplicateId,
  unknownStep,
  notAMessage,
  messageNotYetSent,
  unknownTemplate,
  wrongChannel,
  unknownForm,
  unknownSegment,
  segmentCircle,
  dateNotOfContact,
  unknownTeam,
  unknownTopic,
  unknownStage,
  unreachableStep,
  waitTooLong,
  runTooLong,
  tooManySteps,
  neverTrue,
  wrongPath,
  unknownResult,
  wrongKind,
  overSegmentation,
  duplicateAnswer,
  expressionText,
  brokenText,
  unknownVariable,
  notRendered,
  noUnsubscribe,
  beforeTheClick,
  emptyWindow,
  machineOverLimits,
];

/** All rules beyond the shape of the document, those of the types of steps included. */
export const rules: readonly Rule[] = [
  ...documentRules,
  ...stepTypes.flatMap((type) => definitions[type].checks),
];
