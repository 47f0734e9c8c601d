import { createHash } from 'node:crypto';

/** Step Functions takes 80 characters. */
const most = 80;

/** Both always long enough for the client's own prefix to stay whole: permissions are given by it. */
export const machineName = (name: string, end = ''): string =>
  name.length + end.length <= most
    ? name + end
    : `${name.slice(0, most - 9 - end.length)}_${createHash('sha256').update(name).digest('hex').slice(0, 8)}${end}`;
