/** `unknown`: could not look. `note`: worth knowing, nothing that delivery hangs on. */
export type Status = 'ok' | 'do' | 'unknown' | 'note';

export const areas = ['client.json', 'DNS', 'alignment', 'SES', 'messages', 'price'] as const;
export type Area = (typeof areas)[number];

/** One line of a zone, exactly as it is published. */
export interface DnsRecord {
  name: string;
  type: 'TXT' | 'CNAME' | 'MX';
  value: string;
}

/** One thing that was looked at. */
export interface Finding {
  area: Area;
  /** Stable, for programs. */
  check: string;
  status: Status;
  /** What was found, in one sentence. */
  says: string;
  /** What to do about it. */
  action?: string;
  /** To publish, or that are published already. */
  records?: readonly DnsRecord[];
}

type Rest = Pick<Finding, 'action' | 'records'>;

/** Makes the findings of one check. */
export const findingsOf = (area: Area, check: string) => {
  const make =
    (status: Status) =>
    (says: string, rest: Rest = {}): Finding => ({ area, check, status, says, ...rest });
  return { ok: make('ok'), act: make('do'), unknown: make('unknown'), note: make('note') };
};
