/** Words of version 1 that this release does not run yet. They are told apart from mistakes. */
export const laterStepTypes: readonly string[] = ['push', 'webhook'];
export const laterMembers: readonly string[] = ['holdout', 'winner'];

/** Names of the Amazon States Language: the author takes the document for a state machine. */
export const machineNames: ReadonlySet<string> = new Set([
  'StartAt',
  'States',
  'QueryLanguage',
  'Type',
  'Next',
  'End',
  'Resource',
  'Parameters',
  'Arguments',
  'Assign',
  'Output',
  'InputPath',
  'OutputPath',
  'ResultPath',
  'ResultSelector',
  'Retry',
  'Catch',
  'Choices',
  'Default',
  'Condition',
  'Branches',
  'Iterator',
  'ItemProcessor',
  'TimeoutSeconds',
  'HeartbeatSeconds',
  'Seconds',
  'Timestamp',
  'Comment',
]);
