import { definitions, stepTypes } from '../steps/registry.ts';
import { brokenText } from './broken-text.ts';
import { duplicateAnswer } from './duplicate-answer.ts';
import { duplicateId } from './duplicate-id.ts';
import { emptyWindow } from './empty-window.ts';
import { expressionText } from './expression-text.ts';
import { machineOverLimits } from './machine-over-limits.ts';
import { messageNotYetSent } from './message-not-yet-sent.ts';
import { neverTrue } from './never-true.ts';
import { noUnsubscribe } from './no-unsubscribe.ts';
import { notAMessage } from './not-a-message.ts';
import { notRendered } from './not-rendered.ts';
import { overSegmentation } from './over-segmentation.ts';
import type { Rule } from './rule.ts';
import { runTooLong } from './run-too-long.ts';
import { tooManySteps } from './too-many-steps.ts';
import { unknownForm } from './unknown-form.ts';
import { unknownSegment } from './unknown-segment.ts';
import { unknownStep } from './unknown-step.ts';
import { unknownTeam } from './unknown-team.ts';
import { unknownTemplate } from './unknown-template.ts';
import { unknownTopic } from './unknown-topic.ts';
import { unknownVariable } from './unknown-variable.ts';
import { unreachableStep } from './unreachable-step.ts';
import { waitTooLong } from './wait-too-long.ts';
import { wrongChannel } from './wrong-channel.ts';
import { wrongPath } from './wrong-path.ts';

/** Rules about the whole document; one file each, named by its id. */
const documentRules: readonly Rule[] = [
  duplicateId,
  unknownStep,
  notAMessage,
  messageNotYetSent,
  unknownTemplate,
  wrongChannel,
  unknownForm,
  unknownSegment,
  unknownTeam,
  unknownTopic,
  unreachableStep,
  waitTooLong,
  runTooLong,
  tooManySteps,
  neverTrue,
  wrongPath,
  overSegmentation,
  duplicateAnswer,
  expressionText,
  brokenText,
  unknownVariable,
  notRendered,
  noUnsubscribe,
  emptyWindow,
  machineOverLimits,
];

/** All rules beyond the shape of the document, those of the types of steps included. */
export const rules: readonly Rule[] = [
  ...documentRules,
  ...stepTypes.flatMap((type) => definitions[type].checks),
];
