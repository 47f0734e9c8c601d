/** One difference between two documents of a journey. */
export interface Change {
  kind: 'added' | 'removed' | 'changed' | 'moved';
  /** Id of the step; absent where the journey as a whole changed. */
  step?: string;
  /** `email "offer"`, `the journey` */
  subject: string;
  /** What became of it: `now waits 3 days instead of 2`. */
  says: string;
}

/** `email "offer" now waits 3 days instead of 2` */
export const sentenceOf = ({ subject, says }: Change): string => `${subject} ${says}`;
