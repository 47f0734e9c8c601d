/**
 * What a whole text message must be to be heard as one of these, by language; all languages count for
 * everybody, and `channels.sms.keywords` of the client adds to them. Case, accents, punctuation and spaces
 * do not matter ("Opt-Out!", "arret"). The English ones hold those of the CTIA, of the FCC
 * (47 CFR 64.1200(a)(10)) and of AWS (End User Messaging, "Required opt-out keywords").
 */
export const keywords = {
  stop: {
    en: [
      ...['stop', 'stop all', 'stopp', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'opt out', 'remove'],
      ...['td', 'stop please', 'please stop', 'stop now', 'stop it', 'stop thanks', 'stop thank you'],
      ...['stop texting', 'stop texting me', 'please stop texting me', 'stop messages', 'unsubscribe me'],
      ...['unsubscribe please', 'please unsubscribe', 'please unsubscribe me', 'remove me', 'cancel please'],
      ...['opt out please', 'please opt out', 'no more texts', 'unsub', 'unsub me', 'unsub please'],
      ...['stop sending', 'stop sending me texts', 'stop sending texts', 'stop sending messages'],
      ...['stop sending me messages', 'stop messaging', 'stop messaging me', 'please stop messaging me'],
    ],
    de: [
      ...[
        'stop bitte',
        'bitte stop',
        'stopp bitte',
        'bitte stopp',
        'abmelden',
        'bitte abmelden',
        'abmeldung',
      ],
      ...['abbestellen', 'bitte abbestellen', 'austragen', 'beenden', 'ende', 'aufhören', 'keine sms mehr'],
    ],
    fr: [
      ...['arrêt', 'arrêter', 'arrêtez', 'stop svp', 'stop sms', 'stop merci', 'fin', 'annuler'],
      ...['désabonner', 'me désabonner', 'désabonnement', 'désinscrire', 'me désinscrire', 'désinscription'],
    ],
  },
  start: {
    en: ['start', 'unstop', 'yes start', 'start please', 'opt in', 'subscribe', 'resume'],
    de: ['start bitte', 'anmelden'],
    fr: ['reprendre', 'commencer', 's’abonner'],
  },
  help: {
    en: ['help', 'help me', 'help please', 'info'],
    de: ['hilfe', 'hilfe bitte'],
    fr: ['aide', 'aidez moi'],
  },
} as const;

export type Keyword = keyof typeof keywords;
