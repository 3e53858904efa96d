// SPDX-License-Identifier: GPL-2.0-only
#include <linux/notifier.h>

static int chain_insert(struct notifier_block **at, struct notifier_block *nb)
{
	while (*at && (*at)->priority >= nb->priority)
		at = &(*at)->next;
	nb->next = *at;
	*at = nb;
	return 0;
}

static int chain_call(struct notifier_block **at, unsigned long event,
		      void *data)
{
	struct notifier_block *nb = *at, *next;
	int ret = 0;

	while (nb && !ret) {
		next = nb->next;
		ret = nb->notifier_call(nb, event, data);
		nb = next;
	}
	return ret;
}

int blocking_notifier_chain_register(struct blocking_notifier_head *chain,
				     struct notifier_block *nb)
{
	int ret;

	mutex_lock(&chain->lock);
	ret = chain_insert(&chain->head, nb);
	mutex_unlock(&chain->lock);
	return ret;
}

int blocking_notifier_call_chain(struct blocking_notifier_head *chain,
				 unsigned long event, void *data)
{
	int ret;

	mutex_lock(&chain->lock);
	ret = chain_call(&chain->head, event, data);
	mutex_unlock(&chain->lock);
	return ret;
}
