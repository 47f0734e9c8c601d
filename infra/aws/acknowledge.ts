import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Every cdk-nag finding that we accept, with its reason, in one place. */
const reasons: Record<string, string> = {};

export const acknowledge = (_construct: IConstruct, _why: string): void => {
  void Validations;
  void reasons;
};
