import { randomInt } from 'node:crypto';

/** Another one each time; `WAYLEAF_SEED` plays a printed one again. */
export const seed = Number(process.env.WAYLEAF_SEED ?? randomInt(2 ** 31));
