import { AwsError } from '../aws-error.ts';

export const validation = (message: string): AwsError => new AwsError('ValidationException', message);
export const invalidParameter = (message: string): AwsError =>
  validation(`One or more parameter values were invalid: ${message}`);
export const notFound = (message = 'Requested resource not found'): AwsError =>
  new AwsError('ResourceNotFoundException', message);
export const isValidation = (error: unknown): error is AwsError =>
  error instanceof AwsError && error.name === 'ValidationException';
