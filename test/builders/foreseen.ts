import { operations } from '#functions/api/describe-api/operations';
import { refusalsOf } from '#functions/api/describe-api/refusals';

const told = new Map(
  operations.map((operation) => [
    `${operation.method} ${operation.path}`,
    new Set([...Object.keys(operation.answers), ...Object.keys(refusalsOf(operation))]),
  ]),
);

/** @throws when `/v1/openapi.json` does not foresee that a route answers so, faults of the server aside */
export const mustBeForeseen = (route: string, status: number, text: string): void => {
  const statuses = told.get(route);
  if (status >= 500 || statuses === undefined || statuses.has(String(status))) return;
  throw new Error(`${route} answered ${status}, which its description does not foresee: ${text}`);
};
