import { describe, expect, it } from 'vitest';
import { task } from '../testing/local.ts';
import { checkDefinition } from './check.ts';
import { explainDiagnostics } from './diagnostic.ts';

const machine = (States: object, fields: object = {}) =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(States)[0], States, ...fields });

const found = (definition: string) =>
  checkDefinition(definition).map(({ code, message, location }) => `${code}: ${message} at ${location}`);

/** The findings about one state `S` (and a place to go). */
const foundIn = (state: object) =>
  found(
    machine({
      Go: { Type: 'Choice', Choices: [{ Condition: true, Next: 'S' }], Default: 'End' },
      S: state,
      End: { Type: 'Succeed' },
    }),
  );

const schema = 'SCHEMA_VALIDATION_FAILED';

describe('a definition', () => {
  it('that uses all there is here has no findings', () => {
    const fine = machine({
      Work: task({
        End: undefined,
        Next: 'Which',
        TimeoutSeconds: '{% $states.input.seconds %}',
        HeartbeatSeconds: 5,
        Retry: [
          { ErrorEquals: ['Held'], MaxAttempts: 0 },
          { ErrorEquals: ['States.ALL'], JitterStrategy: 'FULL' },
        ],
        Catch: [{ ErrorEquals: ['States.ALL'], Assign: { e: '{% $states.errorOutput %}' }, Next: 'Broken' }],
      }),
      Which: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $states.input.items[value > 3] %}', Assign: { a: 1 }, Output: 1, Next: 'Sleep' },
        ],
        Default: 'Pass',
      },
      Sleep: { Type: 'Wait', Seconds: 0, Next: 'Until' },
      Until: { Type: 'Wait', Timestamp: '{% $now() %}', Next: 'Pass' },
      Pass: { Type: 'Pass', Comment: '{% not read', Output: { a: ['{% $a %}'] }, Next: 'Good' },
      Good: { Type: 'Succeed' },
      Broken: { Type: 'Fail', Error: '{% $e.Error %}', Cause: 'x' },
    });
    expect(found(fine)).toEqual([]);
  });

  it('that is no JSON object, too large, or empty is refused', () => {
    expect(found('not json')[0]).toContain('INVALID_JSON_DESCRIPTION');
    expect(found('[]')).toEqual([`${schema}: Definition must be a valid JSON object at /`]);
    expect(found(`"${'x'.repeat(1_048_576)}"`)[0]).toContain('exceeds 1048576 bytes');
    expect(found('{}')).toEqual([`${schema}: These fields are required: [StartAt, States] at /`]);
  });

  it('in JSONPath is refused clearly', () => {
    const [first] = found(JSON.stringify({ StartAt: 'S', States: { S: { Type: 'Succeed' } } }));
    expect(first).toContain("runs JSONata only; set QueryLanguage to 'JSONata' at /States/S");
    expect(foundIn({ Type: 'Pass', QueryLanguage: 'JSONPath', End: true })).toEqual([
      `${schema}: The embedded Step Functions runs JSONata only at /States/S/QueryLanguage`,
    ]);
    expect(foundIn({ Type: 'Pass', ResultPath: '$', End: true })).toEqual([
      `${schema}: The QueryLanguage is set to 'JSONata', but field 'ResultPath' is only supported for the 'JSONPath' QueryLanguage at /States/S`,
    ]);
  });

  it('may set the language state by state', () => {
    const States = { S: { Type: 'Succeed', QueryLanguage: 'JSONata' } };
    expect(found(JSON.stringify({ StartAt: 'S', States }))).toEqual([]);
  });

  it('tells all findings at once', () => {
    expect(foundIn({ Type: 'Pass', Next: 'Nowhere', Colour: 'red' }).length).toBe(2);
  });
});

describe('the graph', () => {
  it('needs every target to exist', () => {
    expect(foundIn({ Type: 'Pass', Next: 'Nowhere' })).toEqual([
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nowhere at /States/S/Next",
    ]);
    expect(found(machine({ S: { Type: 'Succeed' } }, { StartAt: 'T' }))).toContain(
      "MISSING_TRANSITION_TARGET: Missing 'StartAt' target: T at /StartAt",
    );
    const [caught] = foundIn(task({ Catch: [{ ErrorEquals: ['X'], Next: 'constructor' }] }));
    expect(caught).toContain("Missing 'Next' target: constructor at /States/S/Catch[0]/Next");
  });

  it('needs every state to be reachable, and an end', () => {
    expect(found(machine({ S: { Type: 'Succeed' }, T: { Type: 'Succeed' } }))).toEqual([
      "MISSING_TRANSITION_TARGET: State 'T' is not reachable. at /States/T",
    ]);
    expect(found(machine({ S: { Type: 'Pass', Next: 'S' } }))).toEqual([
      'MISSING_END_STATE: No terminal state found in machine at /',
    ]);
  });
});

describe('a state', () => {
  it.each([
    [
      'an unknown type',
      { Type: 'Nap' },
      'Value should be one of the following: [Task, Choice, Wait, Pass, Succeed, Fail]',
    ],
    ['Parallel', { Type: 'Parallel', End: true }, "The state type 'Parallel' is not offered"],
    ['Map', { Type: 'Map', End: true }, "The state type 'Map' is not offered"],
    ['neither Next nor End', { Type: 'Pass' }, 'exactly one of Next and End'],
    ['both Next and End', { Type: 'Pass', Next: 'End', End: true }, 'exactly one of Next and End'],
    ['a Wait without a time', { Type: 'Wait', End: true }, 'exactly one of Seconds and Timestamp'],
    ['a Wait of a fraction', { Type: 'Wait', Seconds: 1.5, End: true }, 'integer between 0 and 99999999'],
    ['a Choice without rules', { Type: 'Choice', Choices: [], Default: 'End' }, 'non-empty array'],
    [
      'a rule without a condition',
      { Type: 'Choice', Choices: [{ Next: 'End' }], Default: 'End' },
      'Condition must be a JSONata expression or a boolean at /States/S/Choices[0]/Condition',
    ],
    ['a Task without a resource', { Type: 'Task', End: true }, 'These fields are required: [Resource]'],
    [
      'an unknown resource',
      task({ Resource: 'arn:aws:states:::sqs:sendMessage' }),
      'is not offered by the embedded',
    ],
    ['a timeout of nothing', task({ TimeoutSeconds: 0 }), 'integer between 1 and 99999999, but was 0'],
    [
      'heartbeats slower than the timeout',
      task({ TimeoutSeconds: 5, HeartbeatSeconds: 5 }),
      'must be smaller',
    ],
    ['States.ALL among others', task({ Retry: [{ ErrorEquals: ['A', 'States.ALL'] }] }), 'must appear alone'],
    [
      'States.ALL too early',
      task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] }),
      'last entry',
    ],
    [
      'a shrinking backoff',
      task({ Retry: [{ ErrorEquals: ['A'], BackoffRate: 0.5 }] }),
      'a number between 1',
    ],
    ['an unknown jitter', task({ Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'SOME' }] }), '[FULL, NONE]'],
    ['an error list that is none', task({ Catch: [{ ErrorEquals: [], Next: 'End' }] }), 'non-empty array'],
    ['a reserved variable', { Type: 'Pass', Assign: { states: 1 }, End: true }, "'states' is reserved"],
    ['an odd variable', { Type: 'Pass', Assign: { 'a-b': 1 }, End: true }, "Invalid variable name 'a-b'"],
  ])('with %s is refused', (_what, state, message) => {
    expect(foundIn(state).join('\n')).toContain(message);
  });

  it('may have a name of 80 characters, not more', () => {
    expect(found(machine({ ['x'.repeat(80)]: { Type: 'Succeed' } }))).toEqual([]);
    expect(found(machine({ ['x'.repeat(81)]: { Type: 'Succeed' } }))[0]).toContain('exceeds 80 characters');
  });
});

describe('an expression', () => {
  const ofOutput = (Output: unknown) => foundIn({ Type: 'Pass', Output, End: true });

  it('must be JSONata', () => {
    expect(ofOutput({ v: '{% a[1,2) %}' })).toEqual([
      'INVALID_JSONATA_EXPRESSION: Expected "]", got "," at /States/S/Output/v',
    ]);
  });

  it('must stand alone between its marks', () => {
    expect(ofOutput('{% $a')).toEqual([
      `${schema}: A JSONata expression must start with {% and end with %} at /States/S/Output`,
    ]);
    expect(ofOutput(['$a %}'])[0]).toContain('at /States/S/Output[0]');
  });

  it('may not read a context that does not exist', () => {
    const refused = 'UNSUPPORTED_JSONATA_EXPRESSION: Reference to';
    expect(ofOutput('{% phone %}')).toEqual([
      `${refused} 'phone' at the top level is not supported. at /States/S/Output`,
    ]);
    expect(ofOutput('{% $$ %}')[0]).toContain(`${refused} '$$' is not supported.`);
    for (const bad of ['$a + b', '$map($a, function($x) { b })', '{"k": b}', '($x := b; $x)', '$a ? b : 1'])
      expect(ofOutput(`{% ${bad} %}`)[0], bad).toContain(`${refused} 'b'`);
  });

  it('may read names where there is one', () => {
    for (const fine of [
      '$a[b > 1]',
      '$a.b.(c + d)',
      '$a{b: c}',
      '$a^(b)',
      '$map($a, function($x) { $x.b })',
      '$sum($a.b)',
    ])
      expect(ofOutput(`{% ${fine} %}`), fine).toEqual([]);
  });
});

describe('the text of a refusal', () => {
  it('joins the first findings as AWS does', () => {
    const text = explainDiagnostics(checkDefinition(machine({ S: { Type: 'Pass', Next: 'T', X: 1 } })));
    expect(text).toBe(
      `Invalid State Machine Definition: '${schema}: Field 'X' is not supported at /States/S/X, ` +
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: T at /States/S/Next, " +
        "MISSING_END_STATE: No terminal state found in machine at /'",
    );
  });
});
