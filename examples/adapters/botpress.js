// An Execute Code card for Botpress: answers what the user said last. It fills the workflow variables faqtAnswer
// (string), faqtAnswered (boolean), faqtConfidence (number) and faqtSuggestions (array), and remembers the conversation
// in the conversation variable faqtHistory (array). The configuration variables FAQT_URL and FAQT_KEY say whom it asks.
const question = event.preview
const history = conversation.faqtHistory || []

let reply
try {
  const headers = env.FAQT_KEY ? { Authorization: `Bearer ${env.FAQT_KEY}` } : {}
  const response = await axios.post(`${env.FAQT_URL}/v1/ask`, { question, history }, { headers, timeout: 5000 })
  reply = response.data
} catch (error) {
  console.error(`faqt: ${error.response?.data?.detail || error.message}`)
}

const best = reply?.answers[0]
const place = (citation) => citation.url || [citation.source, ...(citation.lines || []).slice(0, 1)].join(':')
const sources = (best?.citations || []).map((citation) => `Source: ${citation.title}, ${place(citation)}`)
const suggestions = reply?.suggestions || []

workflow.faqtAnswered = Boolean(best)
workflow.faqtConfidence = best?.confidence || 0
workflow.faqtSuggestions = suggestions
if (best) {
  workflow.faqtAnswer = [best.text, ...new Set(sources)].join('\n\n')
} else if (reply) {
  workflow.faqtAnswer = ['Sorry, I have no answer to that.', ...suggestions.map((text) => `- ${text}`)].join('\n')
} else {
  workflow.faqtAnswer = 'Sorry, I cannot look that up at the moment.'
}
conversation.faqtHistory = [...history, best ? { question, unit: best.id } : { question }].slice(-10)
