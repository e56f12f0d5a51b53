/**
 * How much each expert is listened to: a softmax over log(trust * evidence), so an expert's share is its trusted evidence over that of all
 * (against a prior worth k choices, n choices get n / (n + k)). An expert without evidence gets 0; shares sum to 1, and an expert's own share
 * never falls when its evidence grows. MRSE's gate (Shopee 2024) is a learned softmax over features of the query; a gate per viewer by
 * evidence is ours.
 */
export function gateOf(experts: readonly { readonly trust: number; readonly evidence: number }[]): readonly number[] {
  const logits = experts.map(({ trust, evidence }) => Math.log(Math.max(0, trust * evidence)));
  const highest = Math.max(...logits);
  if (highest === -Infinity) return experts.map(() => 1 / experts.length);
  const shares = logits.map((logit) => Math.exp(logit - highest));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}
