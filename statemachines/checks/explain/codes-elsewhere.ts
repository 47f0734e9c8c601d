import type { Explained } from '#kernel/explained';

/** Codes that come with a journey though they are not of its language: of its owner. Those of templates stand with them, in `shared/channels/compile/rules`. */
export const codesElsewhere: readonly Explained[] = [
  {
    id: 'taken-from-folder',
    severity: 'warning',
    title: 'A journey has one owner',
    explain:
      'The journey came with the folder of the client, and is now changed through the API. From now on it belongs to the API, and deployments leave it alone.',
    why: 'Otherwise the next deployment would undo what was changed.',
    example: {
      place: 'words',
      wrong: 'the same journey changed in the folder and through the API',
      right: 'one of the two places for each journey',
    },
  },
];
