import { expect, test } from 'vitest';
import type { Trigger } from '#aws/function-record';
import { manifest } from '#infra/manifest';
import { readFailure } from '../park-failure/failure.ts';
import { again } from './call-again.ts';

/** Why nothing is left to be tried again where something else calls a function. */
const nothingLeft: Partial<Record<Trigger['kind'], string>> = {
  http: 'whoever asked got the answer, and asks again',
  schedule: 'the call says nothing but that it is time; the next one does the same work from the store',
  machine: 'Step Functions waits for the answer, tries again, and the run ends as failed',
  'click-window': 'the click keeps its mark, by which the sweep judges it',
  failures: 'the queue keeps it for 14 days',
  deployment: 'CloudFormation waits for this answer of this deployment only: deploy again',
};
/** A stored event keeps its mark until it is heard: it is parked itself, and not the call. */
const heardFromTheStore = ['hear-event'];

test('every function that leaves what it failed at is called again by a replay, and no other', () => {
  const leaving = manifest
    .map(({ record }) => record)
    .filter(({ triggers }) => triggers.some(({ kind }) => nothingLeft[kind] === undefined))
    .map(({ name }) => name);
  expect([...Object.keys(again), ...heardFromTheStore].sort()).toEqual(leaving.sort());
});

test('what SNS could not hand over is for the function that listens to topics', () => {
  const body = { Type: 'Notification', TopicArn: 'arn:aws:sns:eu-central-1:1:t', Message: '{}' };
  expect(readFailure(body, { ErrorCode: '429', ErrorMessage: 'Rate exceeded' })).toEqual({
    function: 'take-feedback',
    reason: '429',
    payload: { Records: [{ EventSource: 'aws:sns', Sns: body }] },
  });
});

test('what EventBridge could not hand over is for the target of its rule', () => {
  const body = { id: 'e', 'detail-type': 'Step Functions Execution Status Change', detail: {} };
  const attributes = {
    TARGET_ARN: 'arn:aws:lambda:eu-central-1:1:function:wayleaf-acme-end-run',
    ERROR_CODE: 'THROTTLING',
  };
  expect(readFailure(body, attributes)).toEqual({
    function: 'wayleaf-acme-end-run',
    reason: 'THROTTLING',
    payload: body,
  });
});
