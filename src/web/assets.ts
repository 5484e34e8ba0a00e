/**
 * Where pages find what never changes under its name. The doors serve these paths from
 * `dist/public`. The build (`build-assets.ts`) replaces the compiled copy of this file by one
 * whose names carry a digest of the content, so that browsers may keep them for good.
 */
export const assets = {
  kern: '/assets/kern.css',
  own: '/assets/transfernetz.css',
  /** For pages that ask for a passkey, in this order. */
  webauthn: '/assets/simplewebauthn.js',
  passkeys: '/assets/passkeys.js',
  ask: '/assets/ask.js',
  icon: '/assets/icon.svg',
  search: '/assets/search.js',
  /** For pages on which one writes, in this order. */
  turndown: '/assets/turndown.js',
  markdown: '/assets/markdown.js',
  drafts: '/assets/drafts.js',
  records: '/assets/records.js',
  /** For the page on which one captures a round table. */
  capture: '/assets/capture.js',
  live: '/assets/live.js',
  licence: '/assets/kern-lizenz.txt',
}
