// The contract is a script beside this one, so that the site also works from a folder, without a server.
Redoc.init(
  contract,
  {
    downloadUrls: [{ title: 'openapi.yaml', url: 'openapi.yaml' }],
    expandResponses: '200,201',
    jsonSamplesExpandLevel: 3,
    nativeScrollbars: true,
    requiredPropsFirst: true,
    theme: {
      colors: { primary: { main: '#0b5cad' } },
      typography: { fontFamily: 'system-ui, sans-serif', headings: { fontFamily: 'system-ui, sans-serif' } },
    },
  },
  document.getElementById('reference'),
);
