import { machineName } from '#model/machine-name';

const ofFolder = '_folder';

/** Physical names of one client's resources: the same on AWS and on one machine. */
export const namesOf = (client: string) => ({
  mainTable: `wayleaf-${client}-main`,
  catalogueTable: `wayleaf-${client}-catalogue`,
  auditTable: `wayleaf-${client}-audit`,
  function: (name: string): string => `wayleaf-${client}-${name}`,
  machinePrefix: `wayleaf-${client}-`,
  /** Of a journey that the deployment publishes. The API's are without the end: neither ever changes the other's. */
  machine: (journey: string): string => machineName(`wayleaf-${client}-${journey}`, ofFolder),
  /** What `machine` was given, but for the tail of a name that was too long; names of journeys have no underscore. */
  journey: (machine: string): string =>
    machine.slice(`wayleaf-${client}-`.length).replace(new RegExp(`${ofFolder}$`), ''),
  /** No journey's machine: their names go on with a dash. */
  clickMachine: `wayleaf-${client}_clicks`,
  linkKeysSecret: `wayleaf-${client}-link-keys`,
  machineRole: `wayleaf-${client}-machines`,
  configurationSet: `wayleaf-${client}`,
  sesEvents: `wayleaf-${client}-ses-events`,
  inboundSms: `wayleaf-${client}-inbound-sms`,
  pushEvents: `wayleaf-${client}-push-events`,
  alarms: `wayleaf-${client}-alarms`,
  teamPrefix: `wayleaf-${client}-team-`,
  team: (team: string): string => `wayleaf-${client}-team-${team}`,
});

/** Where a function, or the API, logs. */
export const logGroupOf = (client: string, of: string): string => `/wayleaf/${client}/${of}`;

/** The domain of the envelope: bounces go there, and SPF is asked of it. SES wants one of its own, below the sender's. */
export const mailFromDomain = (senderDomain: string): string => `bounce.${senderDomain}`;
