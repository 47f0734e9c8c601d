/**
 * The machine that waits with a click: `{ contact, click }` in, ids only. Two transitions a click. What it
 * could not bring about, the sweep does.
 */
export const clickMachine = (functionName: string, seconds: number) => ({
  Comment: 'Holds a click until it is known whether others came with it',
  QueryLanguage: 'JSONata',
  StartAt: 'Wait for others',
  States: {
    'Wait for others': { Type: 'Wait', Seconds: seconds, Next: 'Judge' },
    Judge: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: functionName, Payload: '{% $states.input %}' },
      Retry: [
        {
          ErrorEquals: ['States.TaskFailed'],
          ...{ IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 6, JitterStrategy: 'FULL' },
        },
      ],
      Output: {},
      End: true,
    },
  },
});
