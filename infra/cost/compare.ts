import { prices, type Usage } from '../prices.ts';

/** What else could carry the same journeys, and at what price. */
export interface Alternative {
  engine: string;
  dollars: number;
  /** What one would have to do without, or to build. */
  but: string;
}

const expressSeconds = 0.1;
const expressGigabytes = 64 / 1024;

/**
 * Each transition of the standard machine that does something wakes a function; so many wakes the others need
 * at most. What functions, tables and mails cost stays the same, but for the state that Step Functions keeps.
 */
export const compareEngines = ({ stateTransitions: wakes }: Usage): Alternative[] => {
  const standard = wakes * prices.stateTransition;
  // Written when it begins to wait, and taken out when it goes on.
  const state = wakes * 2 * prices.dynamoWriteUnit;
  const timers = wakes * prices.schedulerInvocation;
  const express =
    wakes * (prices.expressRequest + expressSeconds * expressGigabytes * prices.expressGigabyteSecond);
  return [
    {
      engine: 'Step Functions Standard',
      dollars: standard,
      but: 'what is built: a graph and a history for each run',
    },
    {
      engine: 'EventBridge Scheduler and functions',
      dollars: timers + state,
      but: 'no graph, no history, no version of a run; a wait that hears must cancel its schedule; 1 million schedules an account',
    },
    {
      engine: 'Step Functions Express, woken by the Scheduler',
      dollars: timers + state + express,
      but: 'at least once, five minutes at most, logs in place of a history',
    },
    {
      engine: 'a queue of our own in DynamoDB, looked at each minute',
      dollars: state + (60 * 24 * 30 * 8 * prices.dynamoReadUnit) / 2,
      but: 'all of the above, and a late minute; shards to be watched',
    },
  ].sort((a, b) => b.dollars - a.dollars);
};

export interface MailPlan {
  plan: string;
  dollars: number;
}

export const comparePlans = ({ emails }: Usage): MailPlan[] => [
  { plan: 'SES à la carte', dollars: emails * prices.email },
  { plan: 'the plan that accounts since 2026-07-21 begin with', dollars: emails * prices.emailOnPlan },
];
