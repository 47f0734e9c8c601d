import { createApi } from '../api/api.ts';
import type { Me } from './me.ts';

/** Whose token it is. Throws a `Problem`; 401 where it is nobody's. */
export const askMe = (token: string, signal?: AbortSignal): Promise<Me> =>
  createApi({ token, fetch: (...asked) => fetch(...asked) }).get<Me>('/v1/me', signal);
