from schedules import step_rates, cosine_rates

def test_steps():
    assert step_rates(8.0, 1, 0.5, 3) == [8.0, 4.0, 2.0]

def test_cosine():
    assert cosine_rates(2.0, 0.0, 2)[0] == 2.0

if __name__ == "__main__":
    test_steps()
    test_cosine()
    print("ok")
