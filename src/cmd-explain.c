// SPDX-License-Identifier: GPL-2.0-only
/*
 * probewalk explain: what the graph says of a function, or of the way between
 * two. It is how a reader argues with a finding, so it goes by the same rule,
 * the same inference and the same barriers as check.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "util/log.h"
#include "util/outfile.h"

#include "callgraph/config-name.h"
#include "callgraph/store.h"
#include "explain/explain.h"
#include "rules/rule-dir.h"

#include "cmd.h"

enum { DEFAULT_LISTED = 5, DEFAULT_PATHS = 1 };

static const char usage[] =
	"Usage: probewalk explain --db FILE [OPTION]... FUNCTION\n"
	"       probewalk explain --db FILE [OPTION]... FROM TO\n"
	"       probewalk explain --db FILE [OPTION]... --probes\n"
	"\n"
	"Tells of a function which probes reach it, who calls it, what it "
	"calls,\n"
	"where its address goes, and why it is or is not a registrar, a probe, "
	"a\n"
	"function that runs its callback at once, a barrier. With two, the "
	"ways\n"
	"from one to the other, or what is not followed between them.\n"
	"\n"
	"A function is NAME, or FILE:NAME where several have that name; FILE "
	"may\n"
	"be the end of a path.\n"
	"\n"
	"      --db FILE         the database\n"
	"      --config NAME     look at this configuration, or at those of "
	"this\n"
	"                        architecture (default: the first that has "
	"the\n"
	"                        functions)\n"
	"  -n NUMBER             how many of each to show (default: 5), or how "
	"many\n"
	"                        ways (default: 1, the shortest)\n"
	"      --rules PATH      rules to use instead of the program's own: a\n"
	"                        directory or a file (also $PROBEWALK_RULES)\n"
	"      --rule ID         go by this rule (default: the first about\n"
	"                        registrations)\n"
	"      --probes          list the fields whose functions count as "
	"probes,\n"
	"                        with the bus and the function that calls "
	"them\n"
	"      --min-confidence LEVEL\n"
	"                        low, medium (the default) or high: leave out\n"
	"                        edges that are less sure; low follows calls\n"
	"                        through fields over the whole tree\n"
	"      --format FORMAT   text (the default) or json\n"
	"  -q, --quiet           print errors only\n"
	"  -h, --help            print this help\n"
	"\n"
	"Exit status: 0 answered, 1 there is no way from FROM to TO, 2 bad "
	"usage\n"
	"or input, or no such function.\n";

struct options {
	const char *db, *config, *rules, *rule;
	bool json, help, probes;
	enum confidence least;
	uint32_t max; /* 0: not said */
	const char *name[2];
	int nr_names;
};

/* ---- options ---- */

static int set_max(struct options *opt, const char *word)
{
	if (cmd_parse_number(word, 1, 100000, &opt->max))
		return cmd_usage_error("explain",
				       "-n: '%s' is not a number from 1 to "
				       "100000.",
				       word);
	return 0;
}

static int set_least(struct options *opt, const char *word)
{
	if (!confidence_parse(word, &opt->least))
		return 0;
	return cmd_usage_error("explain",
			       "--min-confidence: '%s' is not a confidence; "
			       "there are: low, medium, high.",
			       word);
}

static int set_format(struct options *opt, const char *word)
{
	opt->json = !strcmp(word, "json");
	if (opt->json || !strcmp(word, "text"))
		return 0;
	return cmd_usage_error("explain",
			       "--format: there is no '%s'; there are: text, "
			       "json.",
			       word);
}

enum {
	OPT_DB = 1,
	OPT_CONFIG,
	OPT_RULES,
	OPT_RULE,
	OPT_FORMAT,
	OPT_PROBES,
	OPT_LEAST,
};

static int set_option(struct options *opt, int which, const char *value)
{
	switch (which) {
	case OPT_DB:
		opt->db = value;
		return 0;
	case OPT_CONFIG:
		opt->config = value;
		return 0;
	case OPT_RULES:
		opt->rules = value;
		return 0;
	case OPT_RULE:
		opt->rule = value;
		return 0;
	case OPT_FORMAT:
		return set_format(opt, value);
	case OPT_LEAST:
		return set_least(opt, value);
	case OPT_PROBES:
		opt->probes = true;
		return 0;
	case 'n':
		return set_max(opt, value);
	case 'q':
		log_quiet = true;
		return 0;
	case 'h':
		opt->help = true;
		return 0;
	}
	return cmd_usage_error("explain", "unknown option.");
}

static int take_names(struct options *opt, int argc, char **argv)
{
	if (!opt->db)
		return cmd_usage_error("explain", "--db FILE is missing.");
	if (opt->probes && argc)
		return cmd_usage_error("explain",
				       "'%s' is one word too many; --probes "
				       "lists those of all drivers.",
				       argv[0]);
	if (!argc && !opt->probes)
		return cmd_usage_error("explain",
				       "the name of a function is missing.");
	if (argc > 2)
		return cmd_usage_error("explain",
				       "'%s' is one word too many; name one "
				       "function, or two.",
				       argv[2]);
	for (opt->nr_names = 0; opt->nr_names < argc; opt->nr_names++)
		opt->name[opt->nr_names] = argv[opt->nr_names];
	if (!opt->max)
		opt->max = argc == 1 ? DEFAULT_LISTED : DEFAULT_PATHS;
	return 0;
}

static int parse_options(int argc, char **argv, struct options *opt)
{
	static const struct option options[] = {
		{ "db", required_argument, NULL, OPT_DB },
		{ "config", required_argument, NULL, OPT_CONFIG },
		{ "rules", required_argument, NULL, OPT_RULES },
		{ "rule", required_argument, NULL, OPT_RULE },
		{ "format", required_argument, NULL, OPT_FORMAT },
		{ "probes", no_argument, NULL, OPT_PROBES },
		{ "min-confidence", required_argument, NULL, OPT_LEAST },
		{ "quiet", no_argument, NULL, 'q' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int which, ret;

	opterr = 0;
	while ((which = getopt_long(argc, argv, ":hqn:", options, NULL)) !=
	       -1) {
		if (which == '?' || which == ':')
			return cmd_bad_option("explain", which, argv);
		ret = set_option(opt, which, optarg);
		if (ret || opt->help)
			return ret;
	}
	return take_names(opt, argc - optind, argv + optind);
}

/* ---- rule ---- */

static bool is_wanted(const struct rule *rule, const struct options *opt)
{
	return opt->rule ? !strcmp(rule->id, opt->rule)
			 : rule->to == TARGET_REGISTRATION &&
				   rule->from == SOURCE_CALLBACK;
}

static int load_rules(struct rule_set *set, const struct options *opt,
		      const struct rule **rule, struct strbuf *err)
{
	char *path = opt->rules ? xstrdup(opt->rules) : rule_dir_find();
	int ret = -ENOENT;
	size_t i;

	if (path)
		ret = rule_set_load(set, path, err);
	else
		strbuf_addstr(err, "the rules that belong to the program are "
				   "not there; name them with --rules DIR or "
				   "$PROBEWALK_RULES");
	for (i = 0; !ret && !*rule && i < set->nr; i++)
		if (is_wanted(&set->rules[i], opt))
			*rule = &set->rules[i];
	if (!ret && !*rule) {
		ret = -ENOENT;
		strbuf_addf(err, "there is no rule '%s' in %s",
			    opt->rule ? opt->rule : "about registrations",
			    path);
	}
	free(path);
	return ret;
}

/* ---- configurations ---- */

struct session {
	const struct options *opt;
	const struct rule *rule;
	struct store *store;
	struct string_list all; /* names of configurations */
	struct string_list
		names; /* of those that are meant, and their numbers */
	uint32_t *ids;
	struct graph *graph;
	uint32_t fn[2];
	struct strbuf note;
};

static int read_config(void *data, const struct store_config *config)
{
	struct session *s = data;

	string_list_add(&s->all, config->name);
	if (s->opt->config && !config_is_meant(s->opt->config, config->name))
		return 0;
	s->ids = xrealloc(s->ids, (s->names.nr + 1) * sizeof(*s->ids));
	s->ids[s->names.nr] = config->id;
	string_list_add(&s->names, config->name);
	return 0;
}

static int find_configs(struct session *s, struct strbuf *err)
{
	struct string_list wanted = { 0 };
	int ret = store_each_config(s->store, read_config, s);

	if (ret) {
		strbuf_addf(err, "%s cannot be read: %s", s->opt->db,
			    store_error(s->store));
		return ret;
	}
	if (s->names.nr)
		return 0;
	if (s->opt->config)
		string_list_add(&wanted, s->opt->config);
	ret = config_check_names(&wanted, &s->all, s->opt->db, err);
	string_list_release(&wanted);
	if (!ret)
		strbuf_addf(err,
			    "%s holds no unit; index a tree into it with "
			    "'probewalk index'",
			    s->opt->db);
	return -ENOENT;
}

static int find_functions(struct session *s, struct strbuf *err)
{
	int i, ret = 0;

	strbuf_reset(&s->note);
	for (i = 0; i < s->opt->nr_names && !ret; i++) {
		if (s->note.len)
			strbuf_addch(&s->note, '\n');
		ret = explain_find(s->graph, s->opt->name[i], &s->fn[i],
				   &s->note, err);
	}
	return ret;
}

/* The first configuration that has them; what the last one says otherwise. */
static int load_graph(struct session *s, struct strbuf *err)
{
	size_t i;
	int ret = find_configs(s, err);

	for (i = 0; !ret && i < s->names.nr; i++) {
		strbuf_reset(err);
		ret = store_load_graph(s->store, s->ids[i], 0, &s->graph, err);
		if (ret)
			break;
		ret = find_functions(s, err);
		if (ret != -ENOENT || i + 1 == s->names.nr)
			break;
		graph_free(s->graph);
		s->graph = NULL;
		ret = 0;
	}
	return ret;
}

/* ---- the answer ---- */

static int print(const struct options *opt, const json_t *answer,
		 struct strbuf *err)
{
	struct outfile out;
	int ret = outfile_open(&out, NULL, err);

	if (ret)
		return ret;
	if (opt->json) {
		json_dumpf(answer, out.f, JSON_INDENT(2));
		putc('\n', out.f);
	} else if (opt->probes) {
		explain_print_slots(answer, out.f);
	} else if (opt->nr_names == 1) {
		explain_print_function(answer, out.f);
	} else {
		explain_print_between(answer, out.f);
	}
	return outfile_commit(&out, err);
}

static int answer(struct session *s, int *status, struct strbuf *err)
{
	const struct options *opt = s->opt;
	struct explain *x =
		explain_new(s->graph, s->rule, opt->least, opt->max);
	json_t *value;
	int ret;

	if (opt->probes)
		value = explain_slots(x);
	else if (opt->nr_names == 1)
		value = explain_function(x, s->fn[0]);
	else
		value = explain_between(x, s->fn[0], s->fn[1]);
	if (s->note.len)
		pw_info("%s", s->note.buf);
	ret = print(opt, value, err);
	*status = opt->nr_names == 2 &&
		  !json_array_size(json_object_get(value, "paths"));
	json_decref(value);
	explain_free(x);
	return ret;
}

static int explain(const struct options *opt, int *status, struct strbuf *err)
{
	struct rule_set rules = RULE_SET_INIT;
	struct session s = { .opt = opt, .note = STRBUF_INIT };
	int ret = load_rules(&rules, opt, &s.rule, err);

	if (!ret)
		ret = store_open(&s.store, opt->db, STORE_READ, err);
	if (!ret) {
		ret = load_graph(&s, err);
		if (!ret)
			ret = answer(&s, status, err);
		store_close(s.store);
	}
	graph_free(s.graph);
	string_list_release(&s.all);
	string_list_release(&s.names);
	free(s.ids);
	strbuf_release(&s.note);
	rule_set_release(&rules);
	return ret;
}

static int run_explain(int argc, char **argv)
{
	struct options opt = { .least = CONFIDENCE_MEDIUM };
	struct strbuf err = STRBUF_INIT;
	int status = 0, ret = parse_options(argc, argv, &opt);

	if (ret)
		return ret;
	if (opt.help) {
		fputs(usage, stdout);
		return EXIT_CLEAN;
	}
	if (explain(&opt, &status, &err)) {
		pw_error("%s", err.buf);
		status = EXIT_USAGE;
	}
	strbuf_release(&err);
	return status;
}

const struct cmd cmd_explain = {
	.name = "explain",
	.summary = "who reaches a function, what it reaches, and why",
	.run = run_explain,
};
