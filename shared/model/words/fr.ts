import type { Words } from './en.ts';

export const fr: Words = {
  'link-broken-title': 'Ce lien ne fonctionne pas',
  'link-broken-text':
    'Il est incomplet ou n’est plus valable. Veuillez l’ouvrir à nouveau depuis le message, ou le copier en entier.',
  'try-later-title': 'Veuillez réessayer dans un instant',
  'try-later-text': 'Un de nos services ne répond pas pour le moment. Votre lien est valable.',

  'unsubscribe-title': 'Se désinscrire',
  'unsubscribe-text': 'Vous ne recevrez plus aucun message de {brand} ({channel}).',
  'unsubscribe-topic-text': 'Vous ne recevrez plus « {topic} » de {brand}.',
  'unsubscribe-button': 'Me désinscrire',
  'unsubscribe-topic-button': 'Me désinscrire de « {topic} »',
  'unsubscribe-all-button': 'Me désinscrire de tout',
  'unsubscribed-title': 'Vous êtes désinscrit',
  'unsubscribed-text':
    '{brand} ne vous enverra plus ces messages. C’est valable dès maintenant ; vous pouvez fermer cette page.',
  'unsubscribed-change': 'C’était une erreur ? Choisir ce que vous recevez',
  'choose-instead': 'Choisir plutôt ce que vous recevez',

  'preferences-title': 'Vos préférences',
  'preferences-intro': 'Que peut vous envoyer {brand} ?',
  'preferences-channels': 'Par quel moyen',
  'preferences-topics': 'À quel sujet',
  'preferences-save': 'Enregistrer',
  'preferences-all': 'Plus aucun message ?',
  'saved-title': 'Enregistré',
  'saved-text': 'C’est valable dès maintenant. Vous pouvez fermer cette page.',
  'saved-none-text': '{brand} ne vous enverra plus rien. Vous pouvez fermer cette page.',
  'nothing-title': 'Rien à choisir',
  'nothing-text': 'Nous ne conservons plus rien à votre sujet et ne vous envoyons rien.',

  'channel-email': 'E-mail',
  'channel-sms': 'SMS',
  'channel-push': 'Notifications sur vos appareils',

  'footer-unsubscribe': 'Se désinscrire',
  'footer-preferences': 'Préférences',

  'confirm-title': 'Est-ce bien votre adresse ?',
  'confirm-text': 'Elle a été saisie chez {brand}, avec cet accord :',
  'confirm-button': 'Oui, confirmer mon adresse',
  'confirmed-title': 'Confirmé',
  'confirmed-text': 'Votre adresse est confirmée. Vous pouvez fermer cette page.',
  'confirm-nothing-title': 'Rien à confirmer',
  'confirm-nothing-text': 'Il n’y a plus rien en attente, et nous ne vous envoyons rien.',
  'confirm-mail-subject': 'Veuillez confirmer votre adresse e-mail',
  'confirm-mail-text': 'Quelqu’un (vous, espérons-le) a saisi cette adresse chez {brand} et a accepté ceci :',
  'confirm-mail-please': 'Veuillez la confirmer ici :',
  'confirm-mail-otherwise': 'Si ce n’était pas vous, ne faites rien : nous n’écrirons plus.',
  'confirm-mail-never': 'Ne plus jamais me demander',

  'text-stopped':
    '{brand} : vous ne recevrez plus de SMS de notre part. Répondez START pour en recevoir à nouveau.',
  'text-started':
    "{brand} : vous recevez à nouveau nos SMS. Répondez STOP pour ne plus en recevoir, AIDE pour de l'aide.",
  'text-help': '{brand} : aide auprès de {contact}. Répondez STOP pour ne plus recevoir de SMS.',

  'task-title': 'Est-ce bien la réponse ?',
  'task-text': 'Votre réponse : {outcome}',
  'task-button': 'Répondre : {outcome}',
  'task-answered-title': 'Réponse enregistrée',
  'task-answered-text': 'La réponse à cette tâche est : {outcome}. Vous pouvez fermer cette page.',
  'task-before-title': 'Déjà répondu',
  'task-before-text':
    'Quelqu’un a déjà répondu à cette tâche : {outcome}. Votre réponse n’a pas été prise en compte.',
  'task-closed-title': 'Aucune réponse n’est plus nécessaire',
  'task-closed-text':
    'Le parcours a continué sans cette réponse. Si elle compte encore, prévenez son auteur.',
};
