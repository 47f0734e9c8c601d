import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { Database } from '../sqlite/database.ts';

const invalid = (message: string): AwsError =>
  new AwsError('InvalidParameterException', `Invalid parameter: ${message}`);
const notFound = (what: string): AwsError =>
  new AwsError('NotFoundException', `${what} does not exist`, {}, 404);

const schema =
  'CREATE TABLE IF NOT EXISTS endpoint (arn TEXT PRIMARY KEY, application TEXT NOT NULL, token TEXT NOT NULL, enabled INTEGER NOT NULL, user_data TEXT NOT NULL, UNIQUE (application, token))';

interface Endpoint {
  arn: string;
  application: string;
  token: string;
  enabled: number;
  user_data: string;
}

/** SNS answers the same ARN for the same token, so it is made of the token. */
const arnOf = (application: string, token: string): string => {
  const hex = createHash('sha256').update(`${application} ${token}`).digest('hex');
  const uuid = [8, 4, 4, 4, 12].map((length, i) => hex.slice(i * 4, i * 4 + length)).join('-');
  return `${application.replace(':app/', ':endpoint/')}/${uuid}`;
};

const applicationOf = (endpoint: string): string =>
  endpoint.replace(':endpoint/', ':app/').replace(/\/[^/]+$/, '');

/** APNs gives out hexadecimal digits; others are not looked into. */
const checkToken = (application: string, token: string): void => {
  if (token === '' || token.length > 4096) throw invalid('Token');
  if (/:app\/APNS/.test(application) && !/^(?:[0-9a-f]{2}){32,100}$/i.test(token))
    throw invalid('Token Reason: iOS device tokens must be no more than 400 hexadecimal characters');
};

/** Endpoints of the platform applications of one account. */
export const createEndpoints = (db: Database, applications: readonly string[] = []) => {
  db.sql.exec(schema);
  const byArn = db.prepare<Endpoint>('SELECT * FROM endpoint WHERE arn = ?');
  const byToken = db.prepare<Endpoint>('SELECT * FROM endpoint WHERE application = ? AND token = ?');
  const insert = db.prepare('INSERT INTO endpoint VALUES (?, ?, ?, 1, ?)');
  const update = db.prepare('UPDATE endpoint SET token = ?, enabled = ?, user_data = ? WHERE arn = ?');
  const remove = db.prepare('DELETE FROM endpoint WHERE arn = ?');
  const find = (arn: string): Endpoint | undefined => byArn.get(arn);
  const require = (arn: string): Endpoint => {
    const found = find(arn);
    if (!found) throw notFound('Endpoint');
    return found;
  };

  const operations = {
    async CreatePlatformEndpoint(input: {
      PlatformApplicationArn?: string;
      Token?: string;
      CustomUserData?: string;
    }) {
      const { PlatformApplicationArn: application = '', Token: token = '', CustomUserData = '' } = input;
      if (!applications.includes(application)) throw notFound('PlatformApplication');
      checkToken(application, token);
      return db.write(() => {
        const known = byToken.get(application, token);
        if (known && known.user_data !== CustomUserData)
          throw invalid(
            `Token Reason: Endpoint ${known.arn} already exists with the same Token, but different attributes.`,
          );
        const arn = known?.arn ?? arnOf(application, token);
        if (!known) insert.run(arn, application, token, CustomUserData);
        return { EndpointArn: arn };
      });
    },
    async GetEndpointAttributes({ EndpointArn = '' }: { EndpointArn?: string }) {
      const { token, enabled, user_data } = require(EndpointArn);
      const Attributes = { Token: token, Enabled: enabled === 1 ? 'true' : 'false' };
      return { Attributes: user_data === '' ? Attributes : { ...Attributes, CustomUserData: user_data } };
    },
    async SetEndpointAttributes(input: { EndpointArn?: string; Attributes?: Record<string, string> }) {
      const { EndpointArn = '', Attributes = {} } = input;
      await db.write(() => {
        const { application, token, enabled, user_data } = require(EndpointArn);
        const { Token = token, Enabled = String(enabled === 1), CustomUserData = user_data } = Attributes;
        checkToken(application, Token);
        const holder = byToken.get(application, Token);
        if (holder && holder.arn !== EndpointArn)
          throw invalid(
            `Token Reason: Endpoint ${holder.arn} already exists with the same Token, but different attributes.`,
          );
        update.run(Token, Enabled.toLowerCase() === 'true' ? 1 : 0, CustomUserData, EndpointArn);
      });
      return {};
    },
    /** One that is gone is no error. */
    async DeleteEndpoint({ EndpointArn = '' }: { EndpointArn?: string }) {
      await db.write(() => remove.run(EndpointArn));
      return {};
    },
  };

  return {
    operations,
    /** As `Publish` does with its target. */
    requireEnabled(arn: string): void {
      if (!applications.includes(applicationOf(arn))) return;
      const found = find(arn);
      if (!found) throw invalid('TargetArn Reason: No endpoint found for the target arn specified');
      if (found.enabled !== 1) throw new AwsError('EndpointDisabledException', 'Endpoint is disabled');
    },
  };
};
