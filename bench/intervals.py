"""Means with 95 % confidence intervals by Student's t, as tables show them."""
import statistics

#: 0.975 quantiles by degrees of freedom
STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
           2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045)


def short(number):
    """Three digits behind the point, without a leading zero."""
    return f"{number:.3f}".removeprefix("0")


def interval(values, show=short):
    """The mean, and half of the interval's width where there are several values."""
    mean = show(statistics.fmean(values))
    if len(values) < 2:
        return mean
    reach = STUDENT[min(len(values) - 1, len(STUDENT)) - 1] * statistics.stdev(values) / len(values) ** .5
    return f"{mean} ± {show(reach)}"
