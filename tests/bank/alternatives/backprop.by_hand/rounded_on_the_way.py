"""Every value is rounded to four digits before it is gone on with."""

NAMES = ("net_inputs", "outputs", "errors", "loss", "deltas", "weight_gradients", "bias_gradients")


def _rounded(function):
    def answer(network, values, layer):
        exact = function(network, values, layer)
        if not hasattr(exact, "flat"):
            return float(f"{exact:.3e}")
        for place, value in enumerate(exact.flat):
            exact.flat[place] = float(f"{value:.3e}")
        return exact

    return answer


globals().update({name: _rounded(globals()[name]) for name in NAMES})
