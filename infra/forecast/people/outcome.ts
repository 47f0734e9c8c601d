import type { ContactChannel } from '#model/channel';
import type { Happening } from './agenda.ts';

/** What became of one imagined person. */
export interface Outcome {
  /** `rule`: an exit rule of the journey. */
  how: 'completed' | 'exited' | 'goal' | 'rule';
  converted: boolean;
  startedAt: number;
  endedAt: number;
  transitions: number;
  messages: { at: number; step: string; channel: ContactChannel }[];
  skipped: { step: string; reason: string }[];
  /** What colleagues were told. */
  told: { at: number; step: string }[];
  answers: { step: string; index: number; answer: string; at: number }[];
  /** What colleagues answered. */
  outcomes: { at: number; step: string; outcome: string }[];
  /** Steps that did their work, and exits. */
  steps: string[];
  heard: Happening[];
  zone: string;
}

export const newOutcome = (startedAt: number, zone: string): Outcome => ({
  ...{ how: 'completed', converted: false, startedAt, endedAt: startedAt, transitions: 0, zone },
  ...{ messages: [], skipped: [], told: [], answers: [], outcomes: [], steps: [], heard: [] },
});
