import { secureHeaders } from 'hono/secure-headers';

/**
 * What a browser may do with our pages: scripts, fonts and calls of our own origin only, in nobody's
 * frame. Styles may stand inside the page, because Mantine writes the theme's variables there. HTTPS
 * is not pinned: a site whose certificate authority is made anew must stay reachable.
 */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    fontSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    mediaSrc: ["'self'", 'blob:'],
    connectSrc: ["'self'"],
    workerSrc: ["'self'"],
    manifestSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    objectSrc: ["'none'"],
  },
  xFrameOptions: 'DENY',
  strictTransportSecurity: false,
  referrerPolicy: 'same-origin',
  permissionsPolicy: { camera: false, geolocation: false, payment: false, microphone: ['self'] },
});
