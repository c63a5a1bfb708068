/* An optional server that writes a summary over quotes: any that speaks OpenAI's chat completions. Off until the
   administrator names one. It gets the question and the quotes, as marked data, and no tools; what comes back is only
   ever text to be checked (assistant_verify.h). Waits for the network: from jobs only. */
#ifndef MODULES_ASSISTANT_ASSISTANT_MODEL_H
#define MODULES_ASSISTANT_ASSISTANT_MODEL_H
#include "base/err.h"
#include "modules/assistant/assistant_verify.h"

struct arena;

/* Where, which, and with what key; url empty: off. */
struct assistant_server {
    struct str url, model, key;
};
/* From the settings of this process. */
struct assistant_server assistant_server_here(void);

struct assistant_written {
    struct str words;
    struct str prompt; /* all that was sent */
};
/* BUSY: no answer in time, or the server is overloaded. INVALID: it refuses us, or says what is no answer; the message
   says so to the administrator. */
struct err assistant_model_ask(struct arena *a, const struct assistant_server *server, struct str question,
                               struct assistant_passages passages, struct assistant_written *out);
#endif
