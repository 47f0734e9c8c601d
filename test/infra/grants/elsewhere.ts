/**
 * The embedded AWS has no EventBridge: that these are used, and denied without the grant, `../from-template` shows by
 * the bundles and the roles of a deployment.
 */
export const elsewhere: readonly string[] = [
  'fold-counts events:PutEvents on event-bus',
  'manage-quarantine events:PutEvents on event-bus',
];
