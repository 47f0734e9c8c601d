interface Elsewhere {
  /** Why the function needs it all the same. */
  reason: string;
  /** Where the same way through the code is gone, and asks for the same. */
  file: string;
}

const audience: Elsewhere = {
  reason: 'whoever changes a contact first after a segment changed writes the audience down (loadAudience)',
  file: 'test/infra/grants/rare.test.ts',
};
const review: Elsewhere = {
  reason:
    'a contact that time alone moved is looked at before it is changed, its events in one read (review)',
  file: 'test/scenarios/enrolments.test.ts',
};
const change: Elsewhere = {
  reason: 'a change of a contact moves it between segments, identities and suppressions (apply)',
  file: 'test/scenarios/segments.test.ts',
};
const ending: Elsewhere = {
  reason: 'a run that waits is told that it is over, by whichever call its machine still takes (endToken)',
  file: 'functions/journeys/run-step/continuing.test.ts',
};
const facts: Elsewhere = {
  reason: 'who answered a wait fell before it was written down: the facts of its step are loaded again',
  file: 'functions/journeys/run-step/any-fall.test.ts',
};
const keys: Elsewhere = {
  reason: 'the keys are made at first use, should the first deployment not be through (readStoredKeys)',
  file: 'shared/store/secrets.test.ts',
};
const released: Elsewhere = {
  reason: 'runs that were held are let go on when what was paused is resumed (releasePaused)',
  file: 'test/scenarios/pausing-everything.test.ts',
};
const again: Elsewhere = {
  reason: 'what is tried again does here what it would have done where it failed',
  file: 'test/scenarios/quarantine.test.ts',
};
const parked: Elsewhere = {
  reason: 'what is parked is read in pages of a hundred (listParked)',
  file: 'test/scenarios/quarantine.test.ts',
};
const erased: Elsewhere = {
  reason:
    'a device that came during an erasure goes at the second look, which is that of the sweep (lookOver)',
  file: 'test/scenarios/texts-and-devices.test.ts',
};
const brake: Elsewhere = {
  reason: 'the brake stops everything from within a step, and the catalogue is told to be read anew',
  file: 'test/scenarios/pausing-everything.test.ts',
};
const bus: Elsewhere = {
  reason: 'events go out by a client of EventBridge, of which the embedded AWS has only the ear',
  file: 'functions/reports/fold-counts/happenings.test.ts',
};

/** Neither shown nor read through: to be shown by a test, or taken away. */
const unproven: Elsewhere = {
  reason: 'it comes with a set of grants that other functions share, or from before this list was kept',
  file: 'test/infra/grants/used.test.ts',
};

/** Grants that no test was seen to use; see README.md. */
export const elsewhere: Readonly<Record<string, Elsewhere>> = {
  'accept-form dynamodb:DeleteItem on main': unproven,
  'change-sending states:SendTaskSuccess on executions': released,
  'confirm-address dynamodb:BatchGetItem on main': review,
  'confirm-address dynamodb:PutItem on catalogue': audience,
  'continue-imports dynamodb:DeleteItem on main': unproven,
  'continue-imports dynamodb:UpdateItem on main': unproven,
  'end-run dynamodb:Query on catalogue': facts,
  'end-run dynamodb:Query on main': facts,
  'enroll-members dynamodb:BatchGetItem on main': unproven,
  'enroll-members states:SendTaskFailure on executions': ending,
  'enroll-members states:SendTaskSuccess on executions': ending,
  'fold-counts events:PutEvents on event-bus': bus,
  'import-contacts dynamodb:DeleteItem on main': unproven,
  'manage-quarantine dynamodb:PutItem on catalogue': again,
  'manage-quarantine ses:SendRawEmail on ses-identity': again,
  'manage-quarantine sns:GetEndpointAttributes on push-apps': again,
  'manage-quarantine sns:Publish on sms': again,
  'manage-quarantine states:SendTaskFailure on executions': again,
  'manage-quarantine states:SendTaskSuccess on executions': again,
  'merge-contacts dynamodb:BatchGetItem on main': unproven,
  'merge-contacts dynamodb:PutItem on catalogue': audience,
  'merge-contacts states:SendTaskFailure on executions': ending,
  'read-status dynamodb:BatchGetItem on main': parked,
  'read-status dynamodb:PutItem on catalogue': keys,
  'register-device dynamodb:BatchGetItem on main': review,
  'register-device dynamodb:PutItem on catalogue': audience,
  'rotate-keys dynamodb:PutItem on catalogue': keys,
  'run-step dynamodb:UpdateItem on catalogue': brake,
  'send-test dynamodb:Query on catalogue': unproven,
  'sweep sns:DeleteEndpoint on push-apps': erased,
  'sweep states:SendTaskFailure on executions': ending,
  'take-feedback dynamodb:BatchGetItem on main': review,
  'take-feedback dynamodb:PutItem on catalogue': audience,
  'unsubscribe dynamodb:DeleteItem on main': change,
};
